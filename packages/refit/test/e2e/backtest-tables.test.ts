import { createRepository } from "@refit/testkit";
import type { BacktestResult } from "@refit/core/backtest";
import { describe, expect, it, onTestFinished } from "vitest";
import { exampleFiles, shopFiles, shopUntil } from "./support/shop.ts";
import { openScene, type Scene } from "./support/scene.ts";

const dates = ["2025-05-20", "2025-06-19", "2025-07-19"];
const span = { from: dates[0]!, to: "2025-08-18", every: "30" };
const data = shopFiles({ months: 8, customers: 100, seed: 1 });

/** The example of docs/tables.md with fewer trees, and a retrain whenever there is a month of new rows. */
async function settings(): Promise<Record<string, string>> {
  const { "models/churn/model.yaml": spec, ...others } = await exampleFiles();
  const small = spec!.replace("trees: 50", "trees: 8");
  return {
    ...others,
    "models/churn/model.yaml": `${small}retrain: { minNewRows: 90, drift: false, cooldownHours: 24 }\n`,
  };
}

async function sceneWith(files: Readonly<Record<string, string>>): Promise<Scene> {
  const repository = await createRepository({});
  onTestFinished(() => repository.dispose());
  const scene = await openScene(repository, { from: "2025-01-01T00:00:00Z", push: false });
  const attributes = "models/*/champion/** -text -merge\ndata/** -text\n";
  await scene.land({ ...(await settings()), ".gitattributes": attributes, ...files });
  return scene;
}

async function replayed(scene: Scene): Promise<BacktestResult> {
  const { stdout } = await scene.refit("backtest", ["churn"], { ...span, json: true });
  return JSON.parse(stdout) as BacktestResult;
}

/** What the command itself does, with the rows of both tables that there were each night. */
async function byHand(): Promise<{ decision: string; version: string | null }[]> {
  const scene = await sceneWith({});
  const lived = [];
  for (const night of dates) {
    scene.at(`${night}T00:00:00Z`);
    await scene.land(shopUntil(data, Date.parse(night)));
    const { decision } = await scene.run();
    if (decision === "proposed" || decision === "updated") await scene.merge();
    const live = await scene.git("rev-parse", "--quiet", "--verify", "main:models/churn/champion").catch(() => null);
    lived.push({ decision, version: live });
  }
  return lived;
}

describe("refit backtest of a model that reads further tables and a view", () => {
  it("ends every night as the command itself, with the same versions, and measures what tables tell later", async () => {
    const lived = await byHand();

    const { nights } = await replayed(await sceneWith(data));

    expect(nights.map(({ lines: { today } }) => ({ decision: today!.decision, version: today!.version }))).toEqual(
      lived,
    );
    expect(lived[0]).toMatchObject({ decision: "proposed" });
    expect(new Set(lived.map(({ version }) => version)).size).toBeGreaterThanOrEqual(2);
    expect(nights.map(({ rows }) => rows > 0)).toEqual([true, true, expect.any(Boolean)]);
    expect(nights[0]!.lines["today"]!.metrics).toMatchObject({ rocAuc: expect.any(Number) as number });
  });

  it("knows nothing of orders that have not come", async () => {
    const later = Object.entries(data).map(([file, text]) => {
      const [head, ...rows] = text.split("\n");
      const isKept = (row: string) =>
        !/,c\d*[02468],/.test(row) || Date.parse(row.split(",")[2]!) <= Date.parse(dates[0]!);
      return [file, file.includes("/orders/") ? [head, ...rows.filter(isKept)].join("\n") : text] as const;
    });

    const before = await replayed(await sceneWith(data));
    const after = await replayed(await sceneWith(Object.fromEntries(later)));

    const [first, second] = [before, after].map(({ nights }) => nights[0]!.lines["today"]!);
    expect(second).toMatchObject({ decision: "proposed", version: first!.version });
    expect(second!.metrics).not.toEqual(first!.metrics);
  });
});
