import { describe, expect, it } from "vitest";
import type { Column } from "../features/column.ts";
import { text } from "../features/make-column.fixture.ts";
import { randomBits } from "../statistics/resampling/random-bits.ts";
import { areCopiesNatural, copyNumbers, digestsApart, haveManyCopies, positionsApart } from "./copies.ts";
import { columnWords, rowHashes } from "./row-hashes.ts";

type Row = readonly (string | number)[];
type Draw = (most: number) => number;

const ascending = (a: number, b: number) => a - b;

/** Rows as columns, and their digests. */
function tableOf(rows: readonly Row[]): { digests: BigUint64Array; columns: Column[] } {
  const columns = rows[0]!.map((_, i) =>
    text(
      `c${i}`,
      rows.map((row) => String(row[i])),
    ),
  );
  const hashes = rowHashes(rows.length);
  for (const column of columns) hashes.add(columnWords(column));
  return { digests: hashes.ids, columns };
}

function drawn(rows: number, make: (draw: Draw, row: number) => Row, seed = 1): Row[] {
  const next = randomBits(seed, rows);
  return Array.from({ length: rows }, (_, row) => make((most) => Math.floor((next() / 4_294_967_296) * most), row));
}

/** Rows of one row each, and every so many of them again. */
const twice = (rows: readonly Row[], every = 1) => [...rows, ...rows.filter((_, row) => row % every === 0)];
/** The digit of a number to the base of three. */
const combination = (i: number, place: number): number =>
  place === 0 ? i % 3 : combination(Math.floor(i / 3), place - 1);
const skewed = (draw: Draw, most: number) => Math.floor((draw(most) * draw(most)) / most);

/** The passengers of the Titanic: class, grown up, man, survived, and how many. */
const titanic = (
  "1 1 1 1 57|1 1 1 0 118|1 1 0 1 140|1 1 0 0 4|1 0 1 1 5|1 0 0 1 1|2 1 1 1 14|2 1 1 0 154|2 1 0 1 80|2 1 0 0 13|2 0 1 1 11|2 0 0 1 13|" +
  "3 1 1 1 75|3 1 1 0 387|3 1 0 1 76|3 1 0 0 89|3 0 1 1 13|3 0 1 0 35|3 0 0 1 14|3 0 0 0 17"
)
  .split("|")
  .flatMap((line) => {
    const [row, count] = [line.split(" ").slice(0, 4), Number(line.split(" ")[4])];
    return Array.from({ length: count }, () => row);
  });

describe("areCopiesNatural", () => {
  it.each<[why: string, rows: readonly Row[]]>([
    ["the passengers of the Titanic", titanic],
    [
      "an experiment: variant, device and whether they bought",
      drawn(3000, (d) => ["ab"[d(2)]!, d(3), d(10) < 1 ? 1 : 0]),
    ],
    ["two columns", drawn(500, (d) => [d(4), d(2)])],
    [
      "answers of a questionnaire that go together",
      drawn(4000, (d) => {
        const mood = d(5);
        return Array.from({ length: 5 }, () => Math.min(4, Math.max(0, mood + d(3) - 1)));
      }),
    ],
    ["ten columns of skewed values", drawn(5000, (d) => Array.from({ length: 10 }, (_, i) => skewed(d, 2 + (i % 4))))],
    [
      "the same, and one that says another in other words",
      drawn(5000, (d) => {
        const [a, ...rest] = Array.from({ length: 7 }, () => skewed(d, 3));
        return [a!, ...rest, `word ${a}`];
      }),
    ],
    ["whole years and few counts", drawn(8000, (d) => [20 + skewed(d, 40), d(2), skewed(d, 4), d(2)])],
  ])("yes: %s", (_why, rows) => {
    const { digests, columns } = tableOf(rows);

    expect(haveManyCopies(copyNumbers(digests))).toBe(true);
    expect(areCopiesNatural(digests, columns)).toBe(true);
  });

  it.each<[why: string, rows: readonly Row[]]>([
    ["an amount in cents, and all twice", twice(drawn(800, (d) => [d(90_000), d(3), d(2)]))],
    [
      "the same, and every fifth twice",
      twice(
        drawn(800, (d) => [d(90_000), d(3), d(2)]),
        5,
      ),
    ],
    [
      "orders that a join with their items repeats",
      drawn(700, (d, i) => [1000 + ((i * 7919) % 90_000), d(4), d(3), d(2)]).flatMap((row, i) =>
        Array.from({ length: 1 + ((i * 31) % 7) }, () => row),
      ),
    ],
    ["every combination, all twice", twice(drawn(2187, (_, i) => [0, 1, 2, 3, 4, 5, 6].map((k) => combination(i, k))))],
    [
      "every combination, every second twice",
      twice(
        drawn(2187, (_, i) => [0, 1, 2, 3, 4, 5, 6].map((k) => combination(i, k))),
        2,
      ),
    ],
    [
      "few of very many combinations, and a third twice",
      twice(
        drawn(3000, (d) => Array.from({ length: 12 }, () => d(4))),
        3,
      ),
    ],
    [
      "a constant beside a number of each row, three times",
      [...twice(drawn(300, (_, i) => ["eur", i])), ...drawn(300, (_, i) => ["eur", i])],
    ],
  ])("no: %s", (_why, rows) => {
    const { digests, columns } = tableOf(rows);

    expect(haveManyCopies(copyNumbers(digests))).toBe(true);
    expect(areCopiesNatural(digests, columns)).toBe(false);
  });
});

describe("positionsApart", () => {
  const { digests } = tableOf(drawn(4000, (d) => [d(3), d(2)]));
  const positions = Float64Array.from(digests, (digest) => Number(digest >> 12n) / 4_503_599_627_370_496);
  const copies = copyNumbers(digests);
  const apart = positionsApart(positions, copies);

  it("leaves the first of equal rows where it is, and puts the others anywhere", () => {
    const moved = apart.filter((_, row) => copies[row]! > 0);

    expect(apart.filter((position, row) => copies[row] === 0 && position !== positions[row])).toHaveLength(0);
    expect(new Set(moved).size).toBe(moved.length);
    expect(moved.every((position) => position >= 0 && position < 1)).toBe(true);
    for (const limit of [0.2, 0.5, 0.9])
      expect(moved.filter((position) => position < limit).length / moved.length).toBeCloseTo(limit, 1);
  });

  it("gives rows the same places, as a set, in whatever order and after whatever rows they come", () => {
    const order = Uint32Array.from(digests.keys()).reverse();
    const again = positionsApart(
      Float64Array.from(order, (row) => positions[row]!),
      copyNumbers(BigUint64Array.from(order, (row) => digests[row]!)),
    );
    const fewer = positionsApart(positions.slice(0, 1000), copies.slice(0, 1000));

    expect([...again].toSorted(ascending)).toEqual([...apart].toSorted(ascending));
    expect(fewer).toEqual(apart.slice(0, 1000));
  });

  it("and their digests are all different", () => {
    expect(new Set(digestsApart(digests, copies)).size).toBe(digests.length);
  });
});
