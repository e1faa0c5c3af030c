import { describe, expect, it } from "vitest";
import { liveShopScene, shopFiles, shopScene } from "./support/shop.ts";
import type { ColumnDrift } from "@refit/core/data";
import type { Scene } from "./support/scene.ts";

interface DriftResult {
  readonly columns: readonly ColumnDrift[];
}

/** The files of the ninth month, which the scene does not have yet. */
const ninth = () =>
  Object.entries(shopFiles({ months: 9, customers: 100, seed: 1 })).filter(([name]) => name.includes("2025-09"));

describe("new rows of a further table that look wrong", () => {
  const orders = "data/orders/2025-09.csv";
  const text = () => Object.fromEntries(ninth())[orders]!;
  const rows = (change: (fields: string[]) => string[]) => {
    const [head, ...lines] = text().trimEnd().split("\n");
    return `${[head, ...lines.map((line) => change(line.split(",")).join(","))].join("\n")}\n`;
  };
  const times =
    (factor: number) =>
    ([id, who, at, amount]: string[]) => [id!, who!, at!, String(Number(amount) * factor)];

  async function championShop() {
    const scene = await liveShopScene();
    scene.at("2025-10-02T00:00:00Z");
    return scene;
  }
  const codesOf = (outcome: Awaited<ReturnType<Scene["run"]>>) =>
    outcome.decision === "blocked" ? outcome.findings.map(({ code, column }) => `${code} ${column}`) : [];

  it.each<[what: string, files: () => Record<string, string>, found: string[]]>([
    ["amounts in another unit", () => ({ [orders]: rows(times(1000)) }), ["unit-change orders.amount"]],
    ["amounts in cents", () => ({ [orders]: rows(times(100)) }), ["unit-change orders.amount"]],
    ["a tenth of them", () => ({ [orders]: rows(times(0.01)) }), ["unit-change orders.amount"]],
  ])("block until somebody accepts them: %s", async (_what, files, found) => {
    const scene = await championShop();
    await scene.land(files());

    const blocked = await scene.run();

    expect(codesOf(blocked)).toEqual(found);
    const [code, column] = found[0]!.split(" ");
    const accepted = await scene.refit("accept", ["churn", code!, column!], { reason: "they are cents now" });
    await scene.land();
    expect(accepted.notices).toEqual([]);
    expect((await scene.run()).decision).toBe("skipped");
  });

  it("are found at the end of a file that grew, and not where rows were there before", async () => {
    const scene = await championShop();
    const last = "data/orders/2025-08.csv";
    const before = await scene.git("show", `HEAD:${last}`);
    const added = rows(times(1000)).split("\n").slice(1, 41).join("\n");
    await scene.land({ [last]: `${before.trimEnd()}\n${added}\n` });
    const grown = await scene.run();
    const [head, ...lines] = before.trimEnd().split("\n");
    await scene.land({ [last]: `${[head, ...lines.toReversed()].join("\n")}\n` });
    const sorted = await scene.run();

    expect(codesOf(grown)).toEqual(["unit-change orders.amount"]);
    expect(codesOf(sorted)).toEqual([]);
  });

  it.each([1, 2, 3, 4, 5, 6])("are not found in a clean month (%i)", async (seed) => {
    const scene = await shopScene({ files: shopFiles({ months: 8, customers: 100, seed }) });
    await scene.run();
    await scene.merge("squash");
    scene.at("2025-10-02T00:00:00Z");
    const month = shopFiles({ months: 9, customers: 100, seed });
    await scene.land({ [orders]: month[orders]! });

    expect(await scene.run()).toMatchObject({ decision: "skipped" });
  });

  it("do not block for new texts in a column that links tables", async () => {
    const scene = await championShop();
    await scene.land({ [orders]: rows(([id, who, at, amount]) => [id!, `new-${who}`, at!, amount!]) });

    expect((await scene.run()).decision).toBe("skipped");
  });
});

describe("a further table whose values have moved", () => {
  it("shows in the champion's answers, and not in the columns of the model's own rows", async () => {
    const retrain = { minNewRows: 5000, drift: true, cooldownHours: 24, maxPerWeek: 50 };
    const scene = await shopScene({ spec: { retrain } });
    await scene.run();
    await scene.merge("squash");
    scene.at("2025-12-02T00:00:00Z");
    const later = Object.entries(shopFiles({ months: 11, customers: 100, seed: 1 })).slice(-6);
    const moved = later.map(([name, text]) => {
      const [head, ...lines] = text.trimEnd().split("\n");
      const values = lines.map((line) => line.split(","));
      const nearer = values.map(
        ([id, who, at, amount]) => `${id},${who},${at},${(90 + Number(amount) / 10).toFixed(2)}`,
      );
      return [name, `${[head, ...(name.includes("/orders/") ? nearer : lines)].join("\n")}\n`] as const;
    });
    await scene.land(Object.fromEntries(moved));

    const { stdout } = await scene.refit("drift", ["churn"], { json: true });

    const { columns } = JSON.parse(stdout) as DriftResult;
    expect(columns.map(({ column, role, status }) => [column, role, status])).toEqual([
      ["plan", "feature", "ok"],
      ["month", "target", "insufficient"],
      ["churned", "prediction", "drift"],
    ]);
  });
});
