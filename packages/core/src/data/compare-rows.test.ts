import { describe, expect, it } from "vitest";
import { compareRows, type FileDigests, rowStanding } from "./compare-rows.ts";

/** A file of rows such as `17a`: key 17 with the value a. Numbers of letters stand for digests. */
function file(rows: string, keyed = true): FileDigests {
  const list = rows === "" ? [] : rows.split(" ");
  const digest = (text: string) => (BigInt(Number.parseInt(text, 36)) * 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn;
  return {
    rows: BigUint64Array.from(list, digest),
    keys: keyed ? BigUint64Array.from(list, (row) => (row.startsWith("-") ? 0n : digest(/^\d+/.exec(row)![0]))) : null,
  };
}
const letters = ["seen", "added", "corrected", "copied"] as const;
const told = (standing: readonly Uint8Array[]) =>
  standing.map((rows) => [...rows].map((each) => letters[each]![0]).join(""));
const plain = (rows: string) => file(rows, false);

describe("compareRows, rows without a key", () => {
  it.each<[why: string, then: string[], now: string[], kept: string[], standing: string[], lost: number]>([
    ["a new file", [], ["3c 4d"], ["1a 2b"], ["aa"], 0],
    ["the first file, with a row twice", [], ["3c 4d 3c"], [], ["aaa"], 0],
    ["two first files", [], ["3c 4d", "4d 5e"], [], ["aa", "ca"], 0],
    ["a file that grew", ["1a 2b"], ["1a 2b 3c"], [], ["ssa"], 0],
    ["rows in another order", ["1a 2b 3c"], ["3c 1a 2b"], [], ["sss"], 0],
    ["a window that moved", ["1a 2b 3c"], ["2b 3c 4d"], [], ["ssa"], 1],
    ["all rows replaced by others", ["1a 2b"], ["3c 4d"], [], ["aa"], 2],
    ["an export that overlaps another one", [], ["2b 3c"], ["1a 2b"], ["ca"], 0],
    ["a file that was split into two", ["1a 2b 3c"], ["1a", "2b 3c 4d"], [], ["s", "ssa"], 0],
    ["a row put into two files", ["1a 2b"], ["1a 2b", "2b 3c"], [], ["ss", "ca"], 0],
    ["old rows appended once more", ["1a 2b"], ["1a 2b 1a 2b"], [], ["sscc"], 0],
    ["rows that are gone", ["1a 2b 3c"], ["2b"], [], ["s"], 2],
    ["two new files with a row in common", [], ["1a 2b", "2b 3c"], [], ["aa", "ca"], 0],
    ["a row twice in a new file alone", [], ["3c 3c"], ["1a 2b"], ["aa"], 0],
  ])("%s", (_why, then, now, kept, standing, lost) => {
    const compared = compareRows({ gone: then.map(plain), known: kept.map(plain), fresh: now.map(plain) });

    expect(told(compared.standing)).toEqual(standing);
    expect(compared.lost).toHaveLength(lost);
    expect(compared.corrections).toEqual([]);
  });

  it("counts how often a row was there, where rows repeat naturally", () => {
    const compared = compareRows({ gone: [plain("1a 1a 2b")], known: [], fresh: [plain("1a 1a 1a 1a 2b")] });
    expect(told(compared.standing)).toEqual(["ssaas"]);
  });

  it("takes repeats for natural where rows of one file repeat as often", () => {
    const kinds = (rows: number, from: number) =>
      plain(Array.from({ length: rows }, (_, i) => `${((from + i) * 7919) % 61}`).join(" "));
    const compared = compareRows({ gone: [], known: [kinds(200, 0), kinds(200, 3)], fresh: [kinds(100, 11)] });
    expect(told(compared.standing)).toEqual(["a".repeat(100)]);
  });

  it("says of rows that are nowhere else what it says of them beside a copy", () => {
    for (let seed = 1; seed <= 200; seed++) {
      let next = seed;
      const rows = () =>
        plain(Array.from({ length: 1 + (seed % 7) }, () => `${(next = (next * 48271) % 2147483647)}x`).join(" "));
      const [gone, known, fresh] = [[rows(), rows()].slice(seed % 2), [rows()], [rows(), rows()]];
      const copy = { rows: known[0]!.rows.slice(0, 1), keys: null };

      const alone = compareRows({ gone, known, fresh });
      const beside = compareRows({ gone, known, fresh: [...fresh, copy] });

      expect(told(beside.standing).at(-1)).toBe("c");
      expect({ ...beside, standing: beside.standing.slice(0, -1), copiedFrom: beside.copiedFrom.slice(0, -1) }).toEqual(
        alone,
      );
    }
  });

  it("names the first file that a row was copied from", () => {
    const { copiedFrom } = compareRows({
      gone: [plain("9x")],
      known: [plain("1a"), plain("2b")],
      fresh: [plain("2b 1a 5e"), plain("5e"), plain("6f")],
    });
    expect(copiedFrom).toEqual([2, 3, -1]);
  });
});

describe("compareRows, rows with a key", () => {
  it.each<[why: string, then: string[], now: string[], kept: string[], standing: string[], lost: number]>([
    ["another value", ["1a 2b 3c"], ["1a 2x 3c 4d"], [], ["scsa".replace("c", "k")], 0],
    ["a correction in a file of its own", [], ["2x"], ["1a 2b"], ["k"], 0],
    ["an exact copy", [], ["2b 3c"], ["1a 2b"], ["ca"], 0],
    ["an exact copy in one file", [], ["3c 3c 3c"], ["1a 2b"], ["acc"], 0],
    ["a correction and a row that is gone", ["1a 2b 3c"], ["1x 2b"], [], ["ks"], 1],
    ["a key that is missing", ["-a 1b"], ["-x 1b"], [], ["as"], 1],
  ])("%s", (_why, then, now, kept, standing, lost) => {
    const files = (texts: string[]) => texts.map((text) => file(text));
    const compared = compareRows({ gone: files(then), known: files(kept), fresh: files(now) });
    const codes = compared.standing.map((rows) => [...rows].map((each) => "sakc"[each]).join(""));

    expect(codes).toEqual(standing);
    expect(compared.lost).toHaveLength(lost);
    expect(compared.keyRepeats).toBe(false);
  });

  it("says which row was corrected", () => {
    const compared = compareRows({ gone: [file("1a 2b")], known: [file("3c")], fresh: [file("2x 3y 1a")] });
    expect(compared.corrections).toEqual([
      { now: [2, 0], before: [0, 1] },
      { now: [2, 1], before: [1, 0] },
    ]);
  });

  it("is not used where it repeats within a file", () => {
    const compared = compareRows({ gone: [], known: [file("1a 1b 2a 2b")], fresh: [file("1c 2c")] });
    expect(compared.keyRepeats).toBe(true);
    expect(compared.standing).toEqual([Uint8Array.of(rowStanding.added, rowStanding.added)]);
  });
});

it("does not depend on the size: a hundred thousand rows, each tenth replaced", () => {
  const rows = (shift: number) =>
    BigUint64Array.from(
      { length: 100_000 },
      (_, i) => (BigInt(i % 10 === 0 ? i + shift : i) * 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn,
    );
  const { standing, lost } = compareRows({
    known: [],
    gone: [{ rows: rows(0), keys: null }],
    fresh: [{ rows: rows(1_000_000).reverse(), keys: null }],
  });
  expect(standing[0]!.filter((each) => each === rowStanding.added)).toHaveLength(10_000);
  expect(lost).toHaveLength(10_000);
});
