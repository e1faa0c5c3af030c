import { createRepository } from "@refit/testkit";
import { describe, expect, it, onTestFinished } from "vitest";
import { generator } from "./support/churn.ts";
import { openScene } from "./support/scene.ts";

interface Row {
  readonly i: number;
  readonly x: number;
  /** What is left to chance, from 0 to 1. */
  readonly rest: number;
  readonly y: boolean;
}

/** Rows whose `x` tells `y`, and other columns that are made of it. */
function written(header: string, cells: (row: Row) => string, rows = 400): string {
  const random = generator(11);
  const lines = Array.from({ length: rows }, (_, i) => {
    const x = Number((random() * 4 - 2).toFixed(4));
    return cells({ i, x, rest: random(), y: random() < 1 / (1 + Math.exp(-2 * x)) });
  });
  return `${header}\n${lines.join("\n")}\n`;
}

const word = (y: boolean) => (y ? "yes" : "no");
const exclusion = /leave it out: under `features` in its model\.yaml, and commit:\n {4}(exclude: \[.*\])\n/;

describe("a run that a leak stops says what to do, and whoever does that has a proposal", () => {
  it.each<[why: string, text: string, columns: string]>([
    [
      "a weight that the answer was cut from (birthwt)",
      written("x,bwt,y", ({ x, rest, y }) => `${x},${Math.round(2500 + (y ? -1 : 1) * 1500 * rest)},${word(y)}`, 189),
      "bwt",
    ],
    [
      "the answer in other words",
      written("x,state,y", ({ x, y }) => `${x},${y ? "closed" : "open"},${word(y)}`),
      "state",
    ],
    [
      "an amount, and a name for a shell to stumble over",
      written('x,"Late fee, $(EUR)",y', ({ x, rest, y }) => `${x},${y ? 5 + rest : 0},${word(y)}`),
      '"Late fee, $(EUR)"',
    ],
    [
      "two columns",
      written("x,on,fee,y", ({ i, x, rest, y }) => `${x},${y ? `agent ${i % 3}` : ""},${y ? 5 + rest : 0},${word(y)}`),
      '"on", fee',
    ],
    [
      "a price with tax",
      written("x,gross,y", ({ x, rest }) => `${x},${(1.19 * (x + 5 * rest)).toFixed(4)},${(x + 5 * rest).toFixed(4)}`),
      "gross",
    ],
    [
      "a score that was cut into grades",
      written("x,score,y", ({ x, rest }) => {
        const score = 50 + 10 * x + 20 * rest;
        return `${x},${score.toFixed(3)},${"DCBA"[Math.max(0, Math.min(3, Math.floor((score - 40) / 15)))]!}`;
      }),
      "score",
    ],
  ])("%s", { timeout: 60_000 }, async (_why, text, columns) => {
    const repository = await createRepository();
    onTestFinished(() => repository.dispose());
    const scene = await openScene(repository);
    await scene.land({ "d.csv": text });
    const first = await scene.refit("init", [], { data: "d.csv", target: "y" });
    await scene.land({}, "Add a model");

    const { stdout, exitCode } = await scene.refit("run");
    const [outcome] = JSON.parse((await scene.refit("run", [], { json: true, force: "look" })).stdout) as [object];
    const spec = await scene.git("show", ":models/d/model.yaml");
    await scene.land({ "models/d/model.yaml": spec.replace(/exclude: \[\]/, exclusion.exec(stdout)?.[1] ?? "") });
    const again = await scene.refit("run");

    expect(first.stdout).toContain("almost determines the target");
    expect(exitCode).toBe(2);
    expect(stdout).toContain("docs/reference/findings.md#leak-suspect");
    expect(exclusion.exec(stdout)?.[1]).toBe(`exclude: [${columns}]`);
    expect(outcome).toMatchObject({
      because: expect.arrayContaining([
        expect.objectContaining({ code: "leak-suspect", hint: expect.any(String) as string }),
      ]) as unknown,
    });
    expect(again.stdout).toMatch(/d: (?:proposed|inconclusive)/);
  });
});
