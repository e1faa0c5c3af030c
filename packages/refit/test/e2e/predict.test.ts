import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Predicted } from "../../src/runs/predict/predict.ts";
import { churnModel } from "../learners/onnx-models.ts";
import { bytesOf, modelPath, onnxCandidate, onnxScene, skipped } from "./support/elsewhere.ts";
import { churnManifest } from "./support/churn.ts";
import { evaluated, rowName } from "./support/evaluated.ts";
import { program, programCandidate } from "./support/program.ts";
import { championScene, churnScene, month, type Scene } from "./support/scene.ts";
import { shopScene } from "./support/shop.ts";
import type { Flags } from "../../src/commands/command.ts";

type Line = Readonly<Record<string, string | number | boolean | null>>;

/** Lines of the file that `refit predict churn` writes, and what it says. */
async function predicted(scene: Scene, files: readonly string[], flags: Flags = {}) {
  const output = "out/answers.jsonl";
  const args = ["churn", ...files.map((file) => path.join(scene.root, file))];
  const told = await scene.refit("predict", args, { json: true, output: path.join(scene.root, output), ...flags });
  const text = await readFile(path.join(scene.root, output), "utf8");
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
  return { lines, said: JSON.parse(told.stdout) as Predicted, notices: told.notices };
}

const failure = (scene: Scene, files: readonly string[], flags: Flags = {}) =>
  predicted(scene, files, flags).then(
    () => expect.fail("no error"),
    (error: Error & { code: string; hint: string }) => error,
  );

/** Compares what was written with what a comparison says of the holdout. */
async function expectNoSkew(scene: Scene, files: readonly string[], time: string): Promise<Predicted> {
  const expected = await evaluated(scene);
  const { lines, said } = await predicted(scene, files);
  const answers = new Map(lines.map((line) => [rowName(line["customer"], line[time]), line["probability_true"]]));
  expect(expected.size).toBeGreaterThan(50);
  expect(Object.fromEntries([...expected.keys()].map((name) => [name, answers.get(name)]))).toEqual(
    Object.fromEntries(expected),
  );
  return said;
}

const trees = { learner: "gbdt", trees: 8, leaves: 7 };
const prepare = "SELECT *, hours * 60 AS minutes, upper(plan) AS tariff FROM source";

/** Settings with one candidate, whose model goes live however good it is. */
const only = (candidate: object) => ({
  key: "customer",
  candidates: [candidate],
  gates: [{ metric: "rocAuc", min: 0 }],
});
const treesScene = () => championScene({ spec: only(trees) });

describe("no skew: predictions of raw files are those of the comparison, to the last bit", () => {
  it.each<[kind: string, make: () => Promise<Scene>]>([
    ["trees", treesScene],
    [
      "linear, calibrated, prepared",
      () => championScene({ spec: only({ learner: "linear", calibration: "platt" }), manifest: { prepare } }),
    ],
    ["a blend", () => championScene({ spec: only({ learner: "auto", tries: 2 }) })],
    ["a network", () => championScene({ spec: only({ learner: "tfjs", hidden: [4], epochs: 3 }) })],
    ["a program", () => live(() => churnScene({ spec: only(programCandidate) }), program)],
    ...(skipped ? [] : [["ONNX", onnx] as [string, () => Promise<Scene>]]),
  ])("%s", { timeout: 60_000 }, async (_kind, make) => {
    const said = await expectNoSkew(await make(), ["data/churn/2026-01.csv", "data/churn/2026-02.csv"], "day");

    expect(said).toMatchObject({ input: "raw", version: "v1", rows: 600, unanswered: 0 });
  });

  it("with further tables, as the base branch has them", async () => {
    const scene = await live(() => shopScene({ spec: { key: ["customer", "month"] } }), {});
    const files = Array.from({ length: 8 }, (_, i) => `data/customers/2025-0${i + 1}.csv`);

    expect(await expectNoSkew(scene, files, "month")).toMatchObject({ input: "raw", rows: 800 });
  });
});

const onnx = () =>
  live(() => onnxScene({ spec: only(onnxCandidate("2026-01-31")) }), { [modelPath]: bytesOf(churnModel) });

async function live(make: () => Promise<Scene>, files: Readonly<Record<string, unknown>>): Promise<Scene> {
  const scene = await make();
  await scene.land(files);
  await scene.run();
  await scene.merge();
  return scene;
}

/** Rows of a month, in another order and without the answer. */
function shuffled(text: string): { text: string; customers: string[] } {
  const [, ...rows] = text
    .trimEnd()
    .split("\n")
    .map((line) => line.split(",").slice(0, 5));
  const order = rows.toSorted((a, b) => (a[4]! + a[0]!).localeCompare(b[4]! + b[0]!));
  const lines = [["customer", "day", "plan", "hours", "complaints"], ...order, order[0]!];
  return {
    text: `${lines.map((line) => line.join(",")).join("\n")}\n`,
    customers: lines.slice(1).map(([name]) => name!),
  };
}

describe("refit predict", () => {
  it("answers each row where it was, without a target, and says by which version", async () => {
    const scene = await treesScene();
    const { text, customers } = shuffled(month(3)["data/churn/2026-03.csv"]!);
    await scene.write("new.csv", text.replaceAll("\n", ",x\n").replace(",x", ",note"));
    const treeId = (await scene.git("rev-parse", "main:models/churn/champion")).trim();

    const { lines, said, notices } = await predicted(scene, ["new.csv"]);

    expect(lines.map((line) => line["customer"])).toEqual(customers);
    expect(Object.keys(lines[0]!)).toEqual([
      "customer",
      "day",
      "prediction",
      "probability_false",
      "probability_true",
      "model_version",
    ]);
    expect(lines[0]).toMatchObject({ day: expect.stringMatching(/^2026-03-/) as string, model_version: treeId });
    expect(said).toMatchObject({ model: "churn", version: "v1", treeId, rows: 301, ignored: ["note"] });
    expect(notices).toContain(`churn v1 (tree ${treeId}) answers raw rows.`);
    expect(lines.every((line) => line["prediction"] === (line["probability_true"] as number) >= 0.5)).toBe(true);
  });

  it("reads and writes CSV, JSON Lines and Parquet alike, also by standard input and output", async () => {
    const scene = await treesScene();
    const { lines } = await predicted(scene, ["data/churn/2026-01.csv"]);
    const at = (name: string) => path.join(scene.root, name);
    await scene.refit("predict", ["churn", at("data/churn/2026-01.csv")], { output: at("a.parquet") });
    const january = month(1)["data/churn/2026-01.csv"]!;
    const [header, ...rows] = january
      .trimEnd()
      .split("\n")
      .map((line) => line.split(","));
    const records = rows.map((row) =>
      Object.fromEntries(row.map((value, i) => [header![i], value === "" ? null : value])),
    );
    await scene.write("rows.jsonl", `${records.map((each) => JSON.stringify(each)).join("\n")}\n`);

    expect((await predicted(scene, ["rows.jsonl"])).lines).toEqual(lines);
    // What was written keeps customer and day, and can be read again.
    const again = await failure(scene, ["a.parquet"]);
    expect(again.message).toContain('has no column "plan"');

    let given = "";
    const ports = await scene.ports();
    const streams = {
      ...ports.streams,
      takeInput: (to: string) => ports.files.write(to, Buffer.from(january)),
      giveOutput: async (file: string) => void (given = await readFile(file, "utf8")),
    };
    const { commands } = await import("../../src/commands/index.ts");
    const out = { print: () => expect.fail("printed"), progress: () => {}, notice: () => {} };
    await (await commands["predict"]!()).run({ ...ports, out, streams }, ["churn", "-"], {});
    const csv = given
      .trimEnd()
      .split("\n")
      .map((line) => line.split(","));
    expect(csv[0]).toEqual(Object.keys(lines[0]!));
    expect(csv.slice(1).map((row) => Number(row[4]))).toEqual(lines.map((line) => line["probability_true"]));
  });

  it("answers prepared rows as raw ones, by the threshold of the model", async () => {
    const spec = { ...only(trees), metrics: { primary: "rocAuc", threshold: 0.2 } };
    const scene = await championScene({
      spec,
      manifest: { prepare: "SELECT * EXCLUDE (hours), hours * 60 AS minutes FROM source WHERE complaints < 4" },
    });
    const raw = await predicted(scene, ["data/churn/2026-02.csv"]);
    const february = month(2)["data/churn/2026-02.csv"]!;
    const rows = february
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","));
    const prepared = rows.map(([customer, day, plan, hours, complaints]) =>
      JSON.stringify({ customer, day, plan, minutes: hours === "" ? null : Number(hours) * 60, complaints }),
    );
    await scene.write("prepared.jsonl", `${prepared.join("\n")}\n`);
    const asPrepared = await predicted(scene, ["prepared.jsonl"], { input: "prepared" });

    const isOut = rows.map((row) => row[4] === "4");
    expect(raw.said.unanswered).toBe(isOut.filter(Boolean).length);
    expect(raw.lines.map((line) => line["prediction"] === null)).toEqual(isOut);
    expect(asPrepared.said).toMatchObject({ input: "prepared", unanswered: 0, rows: 300 });
    for (const [i, line] of raw.lines.entries()) {
      if (isOut[i]!) continue;
      expect(asPrepared.lines[i]!["probability_true"]).toBe(line["probability_true"]);
      expect(line["prediction"]).toBe((line["probability_true"] as number) >= 0.2);
    }
    // It is a part of the version, so that it is served and exported so, whatever model.yaml says later.
    const champion = await scene.git("show", "main:models/churn/champion/features.json");
    expect(JSON.parse(champion)).toMatchObject({ threshold: 0.2 });
    await scene.refit("export", ["churn"], { to: "onnx", output: "exported" });
    expect(await readFile(path.join(scene.root, "exported/README.md"), "utf8")).toContain(
      "from a probability of 0.2 on",
    );
    const reproduced = await scene.refit("reproduce", ["churn"], { json: true });
    expect(JSON.parse(reproduced.stdout)).toMatchObject({ result: "same" });
  });

  it.each(["raw", "prepared"] as const)(
    "takes what the schema says of a column for missing in %s rows",
    async (input) => {
      const own: Readonly<Record<string, readonly string[]>> = { hours: ["", "-1"], plan: ["", "none"] };
      const fields = churnManifest.schema.fields.map((field) =>
        Object.hasOwn(own, field.name) ? { ...field, missingValues: own[field.name] } : field,
      );
      const scene = await championScene({ spec: only({ learner: "linear" }), manifest: { schema: { fields } } });
      const rows = ["none,-1", ",", "none,2", "basic,-1"].map((values) => `c1,2026-03-01,${values},3`);
      await scene.write("rows.csv", `customer,day,plan,hours,complaints\n${rows.join("\n")}\n`);

      const { lines, said } = await predicted(scene, ["rows.csv"], { input });
      const [coded, empty, ...others] = lines.map((line) => line["probability_true"]);

      expect(said.input).toBe(input);
      expect(coded).toBe(empty);
      expect(others).not.toContain(coded);
    },
  );

  it("takes the version that is live, or the one that is named, with the settings that it was trained with", async () => {
    const scene = await championScene({
      spec: only({ learner: "linear", calibration: "platt" }),
      manifest: { prepare },
    });
    const first = await predicted(scene, ["data/churn/2026-01.csv"]);
    scene.at("2026-06-05T00:00:00Z");
    await scene.land(month(3));
    await scene.run();
    await scene.merge();
    const manifest = await readFile(path.join(scene.root, "data-manifests/churn.yaml"), "utf8");
    await scene.land({ "data-manifests/churn.yaml": manifest.replace("hours * 60", "hours * 61") });

    const second = await predicted(scene, ["data/churn/2026-01.csv"]);
    const named = await predicted(scene, ["data/churn/2026-01.csv"], { version: "v1" });
    const byTree = await predicted(scene, ["data/churn/2026-01.csv"], { version: first.said.treeId });

    expect(second.said.version).toBe("v2");
    expect(second.lines).not.toEqual(first.lines);
    expect(named.lines).toEqual(first.lines);
    expect(byTree.lines).toEqual(first.lines);
  });

  it("refuses raw rows of a `prepare` that looks at other rows, and takes prepared ones", async () => {
    const window = "SELECT *, hours - lag(hours) OVER (PARTITION BY plan ORDER BY day, customer) AS off FROM source";
    const scene = await championScene({ spec: only(trees), manifest: { prepare: window } });
    await scene.write("prepared.csv", "day,plan,hours,complaints,off\n2026-03-01,basic,1.5,3,0.25\n");

    const error = await failure(scene, ["data/churn/2026-01.csv"], { input: "raw" });
    const { lines, said, notices } = await predicted(scene, ["prepared.csv"]);

    expect(error).toMatchObject({ code: "prepare-not-row-wise" });
    expect(error.hint).toContain("Move the aggregate into the data");
    expect(said.input).toBe("prepared");
    expect(lines).toHaveLength(1);
    expect(notices.join("\n")).toContain("answers prepared rows, since `prepare` looks at other rows.");
  });

  it("takes prepared rows only of a version that does not say whether rows can be prepared alone", async () => {
    const scene = await treesScene();
    const folder = "models/churn/champion";
    const stored = async (file: string) =>
      JSON.parse(await scene.git("show", `main:${folder}/${file}`)) as Record<string, unknown>;
    const { rowWise, ...features } = await stored("features.json");
    const text = JSON.stringify(features);
    const lineage = await stored("lineage.json");
    const own = { sha256: createHash("sha256").update(text).digest("hex"), bytes: Buffer.byteLength(text) };
    const files = { ...(lineage["files"] as object), "features.json": own };
    await scene.land({
      [`${folder}/features.json`]: text,
      [`${folder}/lineage.json`]: JSON.stringify({ ...lineage, files }),
    });

    const error = await failure(scene, ["data/churn/2026-01.csv"], { input: "raw" });
    const { said, notices } = await predicted(scene, ["data/churn/2026-01.csv"]);

    expect(rowWise).toBe(true);
    expect(error).toMatchObject({
      code: "prepare-not-row-wise",
      hint: expect.stringContaining("Train the model again") as string,
    });
    expect(said).toMatchObject({ version: "v2", input: "prepared", rows: 300 });
    expect(notices.join("\n")).toContain("since it does not say whether single rows can be prepared");
  });

  it.each<[what: string, change: (text: string) => string, words: string[]]>([
    [
      "a column that is missing",
      (text) => text.replace("hours", "hour"),
      ['has no column "hours"', 'It has "hour"', "Expected: number"],
    ],
    [
      "a value of another type",
      (text) => text.replace(/(\n[^\n]*){40}\n(c[^,]*,[^,]*,[^,]*),[^,]*/, "$&x"),
      ['"hours"', "cannot be read as number", "line 42"],
    ],
    ["no rows", () => "customer,day,plan,hours,complaints\n", ["header but no rows"]],
    ["nothing", () => "", ["empty"]],
  ])("refuses %s, and writes nothing", async (_what, change, words) => {
    const scene = await treesScene();
    await scene.write("new.csv", change(shuffled(month(3)["data/churn/2026-03.csv"]!).text));

    const error = await failure(scene, ["new.csv"]);

    expect(error.code).toBe("unreadable-data");
    for (const each of words) expect(error.message).toContain(each);
    expect(await (await scene.ports()).streams.isFile(path.join(scene.root, "out/answers.jsonl"))).toBe(false);
  });

  it("refuses a damaged version, one that there is not, and a model without any", async () => {
    const scene = await treesScene();
    const none = await churnScene();
    const file = "data/churn/2026-01.csv";
    await scene.land({ "models/churn/champion/features.json": "{}" });

    expect(await failure(scene, [file], { version: "v2" })).toMatchObject({ code: "version-broken" });
    expect(await failure(scene, [file], { version: "v7" })).toMatchObject({ code: "version-unknown" });
    expect(await failure(none, [file])).toMatchObject({ code: "version-unknown" });
    const { said, notices } = await predicted(scene, [file]);
    expect(said.version).toBe("v1");
    expect(notices.join("\n")).toContain("is damaged; v1, the last valid version, answers");
  });

  it.each<[what: string, args: readonly string[], flags: Flags]>([
    ["no file", ["churn"], {}],
    ["a file that is not there", ["churn", "nowhere.csv"], {}],
    ["a file of another kind", ["churn", "rows.xlsx"], {}],
    ["a word for the input", ["churn", "-"], { input: "cooked" }],
    ["a form that is not known", ["churn", "-"], { format: "xml" }],
    ["JSON beside the answers", ["churn", "-"], { json: true }],
    ["an output that is an input", ["churn", "a.csv"], { output: "a.csv" }],
    ["an output of another kind", ["churn", "-"], { output: "a.csv.gz" }],
  ])("refuses %s", async (_what, args, flags) => {
    const scene = await treesScene();

    await expect(scene.refit("predict", args, flags)).rejects.toMatchObject({ code: "usage" });
  });
});
