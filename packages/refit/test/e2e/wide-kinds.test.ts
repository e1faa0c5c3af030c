import { createRepository } from "@refit/testkit";
import { expect, it, onTestFinished } from "vitest";
import type { Outcome } from "../../src/products/outcome.ts";
import { generator } from "./support/churn.ts";
import { openScene } from "./support/scene.ts";

const places = Array.from({ length: 300 }, (_, row) => row);

/** Rows of `width` cells, of which the first is a number that tells the answer behind the last. */
function table(width: number, cell: (random: () => number) => string): string[][] {
  const random = generator(7);
  return places.map(() => {
    const x = random();
    const others = Array.from({ length: width - 1 }, () => cell(random));
    return [x.toFixed(3), ...others, x > random() ? "1" : "0"];
  });
}

const number = (random: () => number) => random().toFixed(3);
const word = (random: () => number) => ["red", "green", "blue"][Math.floor(3 * random())]!;
const names = (width: number, name = (i: number) => `f${i}`) => [
  ...Array.from({ length: width }, (_, i) => name(i)),
  "y",
];

const separated = (separator: string, header: string[], rows: string[][]): string =>
  [header, ...rows].map((cells) => cells.join(separator)).join("\n");

/** JSON Lines; `more` has further keys, and `has` leaves some out. */
function lines(width: number, has = (_row: number, _column: number) => true, more: object = {}): string {
  const keys = names(width);
  return table(width, number)
    .map((cells, row) => {
      const kept = cells.map((cell, i) => [keys[i]!, Number(cell)] as const);
      const isIn = (i: number) => i === 0 || i === width || has(row, i);
      return JSON.stringify({ ...Object.fromEntries(kept.filter((_, i) => isIn(i))), ...more });
    })
    .join("\n");
}

it.each<[what: string, file: string, text: string, columns: number]>([
  ["JSON Lines of 220 keys", "d.jsonl", lines(220), 220],
  [
    "JSON Lines of 220 keys, of which each row has two in five",
    "d.jsonl",
    lines(220, (row, i) => (row + i) % 5 < 2),
    220,
  ],
  [
    "JSON Lines of 220 keys beside lists and objects",
    "d.jsonl",
    lines(220, undefined, { tags: ["a"], at: { x: 1 } }),
    220,
  ],
  ["600 columns between tabs", "d.tsv", separated("\t", names(600), table(600, number)), 600],
  ["250 columns of words", "d.csv", separated(",", names(250), table(250, word)), 250],
  [
    "120 columns with names of 200 signs",
    "d.csv",
    separated(
      ",",
      names(120, (i) => `${"in the hall of the plant ".repeat(8)}${i}`),
      table(120, number),
    ),
    120,
  ],
])("%s are a model without an edit", { timeout: 240_000 }, async (_what, file, text, columns) => {
  const repository = await createRepository();
  onTestFinished(() => repository.dispose());
  const scene = await openScene(repository);
  await scene.land({ [file]: `${text}\n` });

  await scene.refit("init", [], { data: file, target: "y" });
  await scene.land();

  const [outcome] = JSON.parse((await scene.refit("run", [], { json: true })).stdout) as Outcome[];
  expect(outcome).toMatchObject({ decision: "proposed" });
  const { features } = JSON.parse(await scene.git("show", "refit--d:models/d/champion/features.json")) as {
    features: unknown[];
  };
  expect(features.length).toBeGreaterThanOrEqual(columns);
});
