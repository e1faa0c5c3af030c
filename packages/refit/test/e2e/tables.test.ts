import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import type { Reproduction } from "../../src/runs/reproduce/reproduction.ts";
import {
  exampleScene,
  liveShopScene,
  shopFiles,
  shopManifest,
  shopPrepare,
  shopScene,
  shopTables,
} from "./support/shop.ts";
import type { Scene } from "./support/scene.ts";
import { verify } from "./support/verify.ts";

interface LineageText {
  readonly inputDigest: string;
  readonly data: {
    readonly files: { path: string; rows: number }[];
    readonly tables: Record<string, { path: string; rows: number }[]>;
  };
}

async function lineageOf(scene: Scene, revision = "main"): Promise<LineageText> {
  return JSON.parse(await scene.git("show", `${revision}:models/churn/champion/lineage.json`)) as LineageText;
}

/** The files of the ninth month, which the scene does not have yet. */
const ninth = () =>
  Object.entries(shopFiles({ months: 9, customers: 100, seed: 1 })).filter(([name]) => name.includes("2025-09"));

describe("further tables", () => {
  it("are joined, stand in the lineage with their files, and the version can be made again", async () => {
    const scene = await shopScene();
    const outcome = await scene.run();
    await scene.git("switch", "--quiet", "refit--churn");
    const verified = await verify(scene);
    await scene.git("switch", "--quiet", "main");
    await scene.merge("squash");

    const { data } = await lineageOf(scene);
    const { stdout } = await scene.refit("reproduce", ["churn"], { json: true });

    expect(outcome).toMatchObject({ decision: "proposed" });
    expect(verified).toMatchObject({ result: "valid", problems: [] });
    expect(JSON.parse(stdout) as Reproduction).toMatchObject({ result: "same" });
    expect(data.files.map(({ rows }) => rows)).toEqual(Array(8).fill(100));
    expect(Object.keys(data.tables)).toEqual(["orders"]);
    expect(data.tables["orders"]!.map(({ path }) => path).slice(0, 2)).toEqual([
      "data/orders/2025-01.csv",
      "data/orders/2025-02.csv",
    ]);
    expect(data.tables["orders"]!.every(({ rows }) => rows > 0)).toBe(true);
  });

  it("bring no new rows of the model, but other inputs: the next retrain takes them", async () => {
    const scene = await liveShopScene();
    const before = await lineageOf(scene);
    scene.at("2025-10-02T00:00:00Z");
    expect(await scene.run()).toMatchObject({ decision: "skipped" });

    await scene.land(Object.fromEntries(ninth().filter(([name]) => name.includes("/orders/"))));
    const alone = await scene.run();
    await scene.run({ force: "new orders" });
    const after = await lineageOf(scene, "refit--churn");

    expect(alone).toMatchObject({ decision: "skipped" });
    expect(after.inputDigest).not.toBe(before.inputDigest);
    expect(after.data.files).toEqual(before.data.files);
    expect(after.data.tables["orders"]).toHaveLength(9);
  });

  it.each<[what: string, text: string, code: string, words: string]>([
    [
      "a value of another type",
      "x9,c1,2025-09-02T00:00:00Z,much\n",
      "wrong-type",
      'Column "amount" of "data/orders/2025-09.csv"',
    ],
    ["a value out of range", "x9,c1,2025-09-02T00:00:00Z,-1\n", "out-of-range", '"data/orders/2025-09.csv"'],
    ["a missing key", "x9,,2025-09-02T00:00:00Z,1\n", "required", '"data/orders/2025-09.csv"'],
    ["a repeated key", "x9,c1,2025-09-02T00:00:00Z,1\nx9,c1,2025-09-02T00:00:00Z,1\n", "not-unique", "order_id"],
    ["a time to come", "x9,c1,2099-09-02T00:00:00Z,1\n", "future-time", "ordered_at"],
    ["no rows", "", "header-only", '"data/orders/2025-09.csv"'],
  ])("block by %s, with the names of the table and the file", async (_what, rows, code, words) => {
    const scene = await shopScene();
    await scene.land({ "data/orders/2025-09.csv": `order_id,customer,ordered_at,amount\n${rows}` });

    const outcome = await scene.run();

    expect(outcome).toMatchObject({ decision: "blocked" });
    const { findings } = outcome as Extract<typeof outcome, { decision: "blocked" }>;
    const found = findings.find((each) => each.code === code);
    expect(found?.message).toMatch(/^Table orders: /);
    expect(found?.message).toContain(words);
  });

  it("block where a column is missing, or there is no file, and read no column that is not declared", async () => {
    const scene = await shopScene();
    await scene.land({
      "data/orders/2025-09.csv": "order_id,customer,ordered_at,note\nx9,c1,2025-09-02T00:00:00Z,x\n",
    });
    const missing = await scene.run();
    await scene.land({
      "data/orders/2025-09.csv": "order_id,customer,ordered_at,amount,note\nx9,c1,2025-08-31T00:00:00Z,1,x\n",
    });
    const more = await scene.run();
    const manifest = { tables: [{ ...shopTables[0], sources: [{ path: "data/order/*.csv" }] }] };
    const none = await (await shopScene({ manifest })).run();

    expect(missing).toMatchObject({ decision: "blocked", findings: [{ code: "missing-column" }] });
    expect(more).toMatchObject({ decision: "proposed" });
    expect(none).toMatchObject({ decision: "blocked", findings: [{ code: "no-files" }] });
  });

  it("are all that `prepare` can read besides the source", async () => {
    const prepare = "SELECT s.*, p.amount FROM source s LEFT JOIN payments p USING (customer)";
    const scene = await shopScene({ manifest: { prepare } });

    await expect(scene.run()).rejects.toMatchObject({
      code: "prepare-invalid",
      message: expect.stringContaining(
        'there is no table "payments" here; only `source` and `orders` can be read',
      ) as string,
    });
  });
});

it("a key that was in an older file blocks, too", async () => {
  const scene = await liveShopScene();
  scene.at("2025-10-02T00:00:00Z");
  const first = (await scene.git("show", "main:data/orders/2025-01.csv")).split("\n")[1]!;
  await scene.land({ "data/orders/2025-09.csv": `order_id,customer,ordered_at,amount\n${first}\n` });

  const outcome = await scene.run();

  expect(outcome).toMatchObject({ decision: "blocked", findings: [{ code: "not-unique", column: "order_id" }] });
});

describe("a rule that is newer than the rows", () => {
  const [orders] = shopTables;
  const own = shopManifest.schema;
  const fields = (schema: { fields: { name: string }[] }, name: string, more: object) => ({
    ...schema,
    fields: schema.fields.map((field) => (field.name === name ? { ...field, ...more } : field)),
  });
  const ofOrders = (schema: object) => ({ tables: [{ ...orders, schema: { ...orders!.schema, ...schema } }] });

  it.each<[what: string, manifest: object, code: string, words: RegExp]>([
    ["another key of a table", ofOrders({ primaryKey: "customer" }), "not-unique", /^Table orders: .*"customer"/],
    [
      "a range of a table",
      ofOrders(fields(orders!.schema, "amount", { constraints: { maximum: 50 } })),
      "out-of-range",
      /^Table orders: .*"amount"/,
    ],
    [
      "a type of a table",
      ofOrders(fields(orders!.schema, "amount", { type: "integer" })),
      "wrong-type",
      /^Table orders: .*"amount"/,
    ],
    [
      "a key of the model's rows",
      { schema: { ...own, primaryKey: "customer" } },
      "not-unique",
      /^\d+ rows repeat .*"customer"/,
    ],
    [
      "a column that is unique",
      { schema: fields(own, "plan", { constraints: { unique: true } }) },
      "not-unique",
      /"plan"/,
    ],
    [
      "a list of the model's values",
      { schema: fields(own, "plan", { constraints: { enum: ["pro"] } }) },
      "not-in-enum",
      /"plan"/,
    ],
    ["a type of the model's rows", { schema: fields(own, "plan", { type: "number" }) }, "wrong-type", /"plan"/],
  ])("blocks, with a new file and without one: %s", async (_what, manifest, code, words) => {
    const scene = await liveShopScene();
    scene.at("2025-10-05T00:00:00Z");
    await scene.land({ "data-manifests/shop.yaml": { ...shopManifest, ...manifest } });

    const outcome = await scene.run();
    const { stdout, exitCode } = await scene.refit("check", ["churn"], { json: true });
    await scene.land(Object.fromEntries(ninth()));
    scene.at("2025-10-07T00:00:00Z");
    const later = await scene.run();

    for (const each of [outcome, later]) {
      expect(each).toMatchObject({ decision: "blocked" });
      const { findings } = each as Extract<typeof each, { decision: "blocked" }>;
      expect(findings).toContainEqual(
        expect.objectContaining({ code, message: expect.stringMatching(words) as string }),
      );
    }
    expect(exitCode).toBe(3);
    const checked = JSON.parse(stdout) as { prepared: unknown; findings: { code: string }[] };
    expect([checked.prepared, new Set(checked.findings.map((each) => each.code))]).toEqual([null, new Set([code])]);
  });

  it("lets rows pass that keep it", async () => {
    const scene = await liveShopScene();
    scene.at("2025-10-05T00:00:00Z");
    const manifest = {
      ...ofOrders({ primaryKey: ["customer", "order_id"] }),
      schema: { ...own, primaryKey: ["customer", "month"] },
    };
    await scene.land({ "data-manifests/shop.yaml": { ...shopManifest, ...manifest } });

    expect((await scene.run()).decision).not.toBe("blocked");
  });
});

it("a key that repeats in files that came one by one blocks before there is a champion", async () => {
  const repeated = "customer,month,plan\nc1,2025-08-01,basic\n";
  const scene = await shopScene({
    manifest: { schema: { ...shopManifest.schema, primaryKey: ["customer", "month"] } },
  });
  const first = await scene.run();
  await scene.land({ "data/customers/2025-09.csv": repeated });

  const second = await scene.run({ force: "try" });

  expect(first).toMatchObject({ decision: "proposed" });
  expect(second).toMatchObject({
    decision: "blocked",
    findings: expect.arrayContaining([expect.objectContaining({ code: "not-unique" })]) as object,
  });
});

describe("knowledge of the future", () => {
  it.each([
    ["a day ahead", "s.month + INTERVAL 1 DAY"],
    ["a month ahead", "s.month + INTERVAL 1 MONTH"],
    ["without any limit", "s.month + INTERVAL 99 YEAR"],
  ])("in a feature blocks, however far it looks: %s", async (_how, until) => {
    const scene = await shopScene({ manifest: { prepare: shopPrepare(until) } });

    const outcome = await scene.run();

    expect(outcome).toMatchObject({ decision: "blocked" });
    const { evidence } = outcome as Extract<typeof outcome, { decision: "blocked" }>;
    const ahead = evidence!.evaluation.findings.filter(({ code }) => code === "future-knowledge");
    expect(ahead.map(({ column }) => column)).toEqual(["orders_90d", "spend_90d"]);
    expect(ahead[0]!.message).toMatch(/^The feature "orders_90d" uses rows of further tables that were not known yet/);
  });
});

describe("the example of docs/tables.md", () => {
  it("trains two models on one view", { timeout: 120_000 }, async () => {
    const scene = await exampleScene();

    const { stdout } = await scene.refit("run", [], { json: true });
    const checked = await scene.refit("check", ["spend"], { json: true });

    expect(JSON.parse(stdout)).toMatchObject([
      { model: "churn", decision: "proposed" },
      { model: "spend", decision: "proposed" },
    ]);
    expect(checked.exitCode).toBe(0);
    expect(JSON.parse(checked.stdout)).toMatchObject({ prepared: { rows: 800 } });
    const features = JSON.parse(await scene.git("show", "refit--churn:models/churn/champion/features.json")) as {
      inputs: { name: string }[];
    };
    expect(features.inputs.map(({ name }) => name)).toEqual(["plan", "orders_90d", "spend_90d", "last_amount"]);
  });

  it("can be followed with the data of the page's own script", { timeout: 120_000 }, async () => {
    const page = await readFile(new URL("../../../../docs/tables.md", import.meta.url), "utf8");
    const [, script] = /```js\n\/\/ make-data\.mjs\n(.*?)```/s.exec(page)!;
    const scene = await exampleScene();
    await scene.git("rm", "--quiet", "-r", "data");
    await scene.write("make-data.mjs", script!);
    await promisify(execFile)(process.execPath, ["make-data.mjs"], { cwd: scene.root });
    await scene.land();

    const checked = await scene.refit("check", ["churn"]);
    const { stdout } = await scene.refit("run", [], { json: true });
    const materialized = await scene.refit("features", ["materialize", "customer_months"]);

    expect(checked.stdout).toContain(
      "churn: 800 rows prepared, 4 columns become features. 10600 rows were prepared again",
    );
    expect(JSON.parse(stdout)).toMatchObject([{ decision: "proposed" }, { decision: "proposed" }]);
    expect(materialized.stdout).toContain("customer_months: 100 rows, one for each customer");
  });

  it("is retrained when the view changes, and only then", async () => {
    const scene = await exampleScene();
    await scene.run();
    await scene.merge("squash");
    scene.at("2025-10-05T00:00:00Z");
    const same = await scene.run();
    const view = "feature-views/customer_months.sql";
    const text = await scene.git("show", `HEAD:${view}`);
    await scene.land({ [view]: text.replaceAll("90 DAY", "60 DAY") });
    const changed = await scene.run();
    await scene.git("switch", "--quiet", "refit--churn");
    const verified = await verify(scene);
    await scene.git("switch", "--quiet", "main");
    await scene.merge("squash");
    const { stdout } = await scene.refit("reproduce", ["churn@v1"], { json: true });

    expect(same).toMatchObject({ decision: "skipped" });
    expect(changed).toMatchObject({ decision: expect.stringMatching(/proposed|inconclusive|rejected/) as string });
    expect(JSON.stringify(changed)).toContain("customer_months");
    expect(verified).toMatchObject({ problems: [] });
    expect(JSON.parse(stdout) as Reproduction).toMatchObject({ result: "same" });
  });

  it("names the file and the place of what is wrong in a view, and a view that is not there", async () => {
    const scene = await exampleScene();
    const view = "feature-views/customer_months.sql";
    await scene.land({ [view]: "SELECT *\nFROM payments" });
    const wrong = scene.run();
    await expect(wrong).rejects.toMatchObject({
      code: "prepare-invalid",
      message: `${view}, line 2, column 6: there is no table "payments" here; only \`source\` and \`orders\` can be read.`,
    });
    await scene.git("rm", "--quiet", view);
    await scene.land();

    await expect(scene.run()).rejects.toMatchObject({
      code: "view-missing",
      message: expect.stringContaining(view) as string,
    });
  });
});

describe("check", () => {
  it("reads the work tree, and finds a look ahead before anything is committed", async () => {
    const scene = await shopScene();
    const ahead = { ...shopManifest, prepare: shopPrepare("s.month + INTERVAL 2 DAY") };
    const right = await scene.refit("check", ["churn"]);
    await scene.write("data-manifests/shop.yaml", JSON.stringify(ahead));

    const { exitCode, stdout } = await scene.refit("check", ["churn"]);

    expect(right.exitCode).toBe(0);
    expect(right.stdout).toMatch(
      /^churn: 800 rows prepared, 4 columns become features\. \d+ rows were prepared again with later data altered/m,
    );
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/^  error future-knowledge: The feature "orders_90d" uses rows of further tables/m);
  });

  it("finds a feature that is made of later rows of the model itself", async () => {
    const left =
      "count(*) OVER (PARTITION BY s.customer ORDER BY s.month ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)";
    const prepare = shopPrepare().replace("s.plan,", `s.plan, ${left} AS months,`);
    const scene = await shopScene({ manifest: { prepare } });

    const { exitCode, stdout } = await scene.refit("check", ["churn"]);
    const outcome = await scene.run();

    expect(exitCode).toBe(2);
    expect(stdout).toMatch(
      /^  error future-knowledge: The feature "months" uses later rows of `source`: when data that became known after /m,
    );
    expect(stdout).not.toMatch(/The feature "(?!months)/);
    expect(outcome).toMatchObject({ decision: "blocked" });
  });

  it("ends with the data where they block, and says where nothing can be tried", async () => {
    const scene = await shopScene({ spec: { time: undefined } });
    const untried = await scene.refit("check", ["churn"]);
    await scene.write(
      "data/orders/2025-09.csv",
      "order_id,customer,ordered_at,amount\nx9,c1,2025-09-02T00:00:00Z,-1\n",
    );
    const blocked = await scene.refit("check", ["churn"], { json: true });

    expect(untried.stdout).toContain("Not tested for use of the future: without `time` in model.yaml");
    expect(blocked.exitCode).toBe(3);
    expect(JSON.parse(blocked.stdout)).toMatchObject({ prepared: null, findings: [{ code: "out-of-range" }] });
  });
});
