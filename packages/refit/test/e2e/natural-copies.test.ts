import { createRepository } from "@refit/testkit";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Outcome } from "../../src/products/outcome.ts";
import { generator } from "./support/churn.ts";
import { reportText } from "./support/report-text.ts";
import { openScene, type Scene } from "./support/scene.ts";

type Cells = (draw: (most: number) => number, i: number) => readonly (string | number)[];

/** An experiment: variant, device, page and whether they bought, which follows all three. */
const experiment: Cells = (draw) => {
  const [variant, device, page] = [draw(2), draw(3), draw(2)];
  const bought = draw(100) < 12 + 25 * variant + 15 * device + 8 * page;
  return ["ab"[variant]!, ["phone", "tablet", "desk"][device]!, `page ${page}`, bought ? "yes" : "no"];
};
/** The same with an amount in cents. */
const orders: Cells = (draw, i) => [...experiment(draw, i).slice(0, 3), draw(100_000), draw(10) < 5 ? "yes" : "no"];

function rowsOf(cells: Cells, rows: number, seed: number): string[] {
  const random = generator(seed);
  return Array.from({ length: rows }, (_, i) => cells((most) => Math.floor(random() * most), i).join(","));
}

async function sceneWith(header: string, rows: readonly string[]): Promise<Scene> {
  const repository = await createRepository();
  onTestFinished(() => repository.dispose());
  const scene = await openScene(repository);
  await scene.land({ "d.csv": `${[header, ...rows].join("\n")}\n` });
  await scene.refit("init", [], { data: "d.csv", target: "y" });
  await scene.land({}, "Add a model");
  return scene;
}

async function run(scene: Scene, flags = {}): Promise<Outcome> {
  const { stdout } = await scene.refit("run", [], { ...flags, json: true });
  return (JSON.parse(stdout) as [Outcome])[0];
}

interface Holdout {
  readonly copies?: string;
  readonly rows: number;
}

const holdoutOf = async (scene: Scene, branch: string) =>
  (JSON.parse(await scene.git("show", `${branch}:models/d/champion/lineage.json`)) as { holdout: Holdout }).holdout;

const header = "variant,device,page,y";

describe("rows of few kinds", () => {
  it(
    "are judged each for itself, night by night, and a version of them is made again",
    { timeout: 120_000 },
    async () => {
      const rows = rowsOf(experiment, 900, 5);
      const scene = await sceneWith(header, rows);

      const first = await run(scene);
      const holdout = await holdoutOf(scene, "refit--d");
      await scene.merge("squash", "refit--d");
      scene.at("2026-07-10T00:00:00Z");
      await scene.land({ "d.csv": `${[header, ...rows, ...rowsOf(experiment, 400, 6)].join("\n")}\n` });
      const second = await run(scene);
      const later = await holdoutOf(scene, "refit--d");
      const again = await scene.refit("reproduce", ["d@v1"]);

      expect(first).toMatchObject({ decision: "proposed" });
      expect(reportText(first)).toContain("natural-copies");
      expect(reportText(first)).not.toContain("duplicate-features");
      expect(holdout.copies).toBe("apart");
      expect(holdout.rows / rows.length).toBeCloseTo(0.2, 1);
      expect(second.decision).toMatch(/proposed|inconclusive/);
      expect(later.rows).toBeGreaterThan(holdout.rows);
      expect(again.exitCode).toBe(0);
    },
  );

  it("are on one side where they were written twice", { timeout: 60_000 }, async () => {
    const rows = rowsOf(orders, 500, 7);
    const scene = await sceneWith("variant,device,page,cents,y", [...rows, ...rows.slice(0, 250)]);

    const outcome = await run(scene);

    expect(reportText(outcome)).not.toContain("natural-copies");
    expect(JSON.stringify(outcome)).not.toContain("overlap");
  });

  it(
    "are judged on what the live version has not seen, where it was split in the other way",
    { timeout: 120_000 },
    async () => {
      const shape = "a,b,c,d,y";
      const drawnFrom = (values: number): Cells => {
        return (draw) => {
          const a = draw(values);
          return [a, draw(values), draw(values), draw(2), draw(10 * values) < 10 * a + 5 ? "yes" : "no"];
        };
      };
      const few = rowsOf(drawnFrom(9), 300, 8);
      const many = rowsOf(drawnFrom(3), 900, 9);
      const scene = await sceneWith(shape, few);
      const first = await run(scene);
      expect(first.decision).toMatch(/proposed|inconclusive/);
      const before = await holdoutOf(scene, "refit--d");
      await scene.merge("squash", "refit--d");
      scene.at("2026-07-10T00:00:00Z");
      await scene.land({ "d.csv": `${[shape, ...few, ...many].join("\n")}\n` });

      const outcome = await run(scene, { force: "look" });

      expect(before.copies).toBeUndefined();
      const told = reportText(outcome);
      expect(told).toContain("natural-copies");
      expect(Number(/on (\d+) unseen rows/.exec(told)?.[1])).toBeLessThan(0.19 * 1200);
    },
  );
});
