import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Materialized } from "../../src/runs/materialize.ts";
import { sha256 } from "../../src/sha256.ts";
import { exampleScene, shopFiles, shopUntil } from "./support/shop.ts";
import type { Scene } from "./support/scene.ts";

const materialized = async (scene: Scene, flags = {}) => {
  const { stdout, exitCode } = await scene.refit("features", ["materialize", "customer_months"], {
    ...flags,
    json: true,
  });
  return { ...(JSON.parse(stdout) as Materialized), exitCode };
};

describe("refit features materialize", () => {
  it("writes the newest values by key, under the name of their bytes, and the same bytes again", async () => {
    const scene = await exampleScene();

    const first = await materialized(scene);
    const again = await materialized(scene);
    const elsewhere = await materialized(await exampleScene(), { out: "other/place" });
    const told = await scene.refit("features", ["materialize", "customer_months"]);

    const { file, sha256: digest } = first.written!;
    expect(first).toMatchObject({ exitCode: 0, key: ["customer"], time: "month", at: null, findings: [] });
    expect(first.written).toMatchObject({ rows: 100, existed: false, newest: "2025-08-01T00:00:00.000Z" });
    expect(sha256(await readFile(path.join(scene.root, "features", file)))).toBe(digest);
    expect(file).toBe(path.join("customer_months", `${digest}.parquet`));
    expect(again.written).toEqual({ ...first.written!, existed: true });
    expect(elsewhere.written).toEqual(first.written);
    expect(told.stdout).toContain("customer_months: 100 rows, one for each customer, the newest of 2025-08-01");
    expect(await scene.git("status", "--porcelain", "--ignored=no", "data", "models")).toBe("");
  });

  it("gives at an instant what there would be if nothing had come since", async () => {
    const files = shopFiles({ months: 8, customers: 100, seed: 1 });
    for (const night of ["2025-04-01", "2025-05-17T06:00:00Z"]) {
      const then = await materialized(await exampleScene(), { at: night });
      const scene = await exampleScene();
      await scene.git("rm", "--quiet", "-r", "data");
      await scene.land(shopUntil(files, Date.parse(night)));
      const alone = await materialized(scene);

      expect(then.written!.sha256).toBe(alone.written!.sha256);
    }
  });

  it("changes its name with the view, and with the data", async () => {
    const scene = await exampleScene();
    const before = await materialized(scene);
    const view = "feature-views/customer_months.sql";
    const text = await scene.git("show", `HEAD:${view}`);
    await scene.land({ [view]: text.replaceAll("90 DAY", "60 DAY") });
    const after = await materialized(scene);

    expect(after.written!.sha256).not.toBe(before.written!.sha256);
  });

  it.each<[what: string, args: string[], flags: object, message: RegExp]>([
    [
      "a view that nobody reads",
      ["materialize", "months"],
      {},
      /No model reads the view "months" \(feature-views\/months\.sql\); what is read: `customer_months`/,
    ],
    ["a model that does not read it", ["materialize", "months"], { model: "spend" }, /The model spend does not read/],
    ["a time that is none", ["materialize", "customer_months"], { at: "noon" }, /--at noon is not a time/],
    ["no view", ["materialize"], {}, /one view/],
    ["another word", ["list", "customer_months"], {}, /the word materialize/],
  ])("refuses %s", async (_what, args, flags, message) => {
    const scene = await exampleScene();

    await expect(scene.refit("features", args, flags)).rejects.toMatchObject({
      code: "usage",
      message: expect.stringMatching(message) as string,
    });
  });

  it("asks whose rows are meant where models read the view over different ones, and for a key", async () => {
    const scene = await exampleScene();
    const text = await scene.git("show", "HEAD:data-manifests/spend.yaml");
    await scene.land({
      "data-manifests/spend.yaml": text.replace("data/customers/*.csv", "data/customers/2025-06.csv"),
    });
    await expect(materialized(scene)).rejects.toMatchObject({
      code: "usage",
      message: expect.stringContaining("choose one with --model") as string,
    });
    const spend = await materialized(scene, { model: "spend" });
    await scene.land({ "data-manifests/spend.yaml": text.replace(/ {2}primaryKey: \[customer, month\]\n/, "") });

    expect(spend.written).toMatchObject({ rows: 100, newest: "2025-06-01T00:00:00.000Z" });
    await expect(materialized(scene, { model: "spend" })).rejects.toMatchObject({
      code: "usage",
      message: expect.stringContaining("Declare `primaryKey` in data-manifests/spend.yaml") as string,
    });
  });

  it("writes nothing where the data block", async () => {
    const scene = await exampleScene();
    await scene.land({
      "data/orders/2025-09.csv": "order_id,customer,ordered_at,amount\nx9,c1,2025-09-02T00:00:00Z,-1\n",
    });

    const made = await materialized(scene);

    expect(made).toMatchObject({ exitCode: 3, written: null, findings: [{ code: "out-of-range" }] });
  });
});
