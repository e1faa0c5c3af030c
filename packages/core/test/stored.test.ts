import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  parseFeatureSpec,
  parseHandOver,
  parseLineage,
  parseProfile,
  readClaims,
  readLedgerLines,
} from "../src/history/index.ts";

/** Files that refit has written, as they are in git: each is read by every later refit. */
const today = (file: string) => readFileSync(new URL(`fixtures/stored/today/${file}`, import.meta.url), "utf8");

type Stored = Record<string, unknown>;

const readers: readonly [file: string, read: (text: string) => unknown][] = [
  ["lineage.json", parseLineage],
  ["features.json", parseFeatureSpec],
  ["profile.json", parseProfile],
  ["candidates.json", parseHandOver],
];

/** Objects whose keys are data, such as paths of files: a key more is an entry more, and not a field of tomorrow. */
const maps = new Set(["files", "settings"]);

/** Every object with a field that no refit knows yet. */
function ofTomorrow(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => ofTomorrow(item));
  if (typeof value !== "object" || value === null) return value;
  const below = Object.entries(value).map(([name, item]) => [name, ofTomorrow(item, name)] as const);
  return Object.fromEntries(maps.has(key) ? below : [["tomorrow", { is: ["another", "day"] }], ...below]);
}

describe.each(readers)("%s", (file, read) => {
  const text = today(file);
  const stored = JSON.parse(text) as Stored;

  it("of today is read whole: whatever is written is declared", () => {
    expect(read(text)).toEqual(stored);
  });

  it("of tomorrow is read without what is new in it", () => {
    const tomorrow = JSON.stringify(ofTomorrow(stored));

    expect(tomorrow.match(/"tomorrow"/g)!.length).toBeGreaterThan(2);
    expect(read(tomorrow)).toEqual(stored);
  });

  it("of a higher format is not read, whatever is in it", () => {
    expect(() => read(JSON.stringify({ format: 2, all: "is new" }))).toThrow(
      expect.objectContaining({
        code: "format-newer",
        message: `${file} has format 2, and this refit reads formats up to 1.`,
        hint: expect.stringMatching(/Update refit: .*`uses:`.*install a newer refit/),
      }),
    );
  });

  it.each(Object.keys(stored).filter((key) => key !== "prediction"))("is damaged without `%s`", (key) => {
    const { [key]: _gone, ...rest } = stored;

    expect(() => read(JSON.stringify(rest))).toThrow(
      expect.objectContaining({ code: file === "candidates.json" ? "candidates-invalid" : "artifact-invalid" }),
    );
  });

  it.each(["", "{", "null", "[]", '{"format":"2"}', '{"format":0}', '{"format":1.5}'])(
    "is damaged as %j",
    (damaged) => {
      expect(() => read(damaged)).toThrow(expect.objectContaining({ code: expect.stringMatching(/-invalid$/) }));
    },
  );
});

describe("features.json with a name that comes again", () => {
  it.each(["inputs", "features"])("among its %s is damaged", (key) => {
    const spec = JSON.parse(today("features.json")) as Record<string, unknown[]>;
    const text = JSON.stringify({ ...spec, [key]: [...spec[key]!, spec[key]![0]] });

    expect(() => parseFeatureSpec(text)).toThrow(
      expect.objectContaining({ code: "artifact-invalid", message: expect.stringContaining("each name only once") }),
    );
  });
});

describe("what history reads of a lineage.json", () => {
  const stored = JSON.parse(today("lineage.json")) as Stored;

  it("is the same of today and of tomorrow", () => {
    const { claims } = readClaims(today("lineage.json"));

    expect(claims).toMatchObject({ parent: stored["parent"], inputDigest: stored["inputDigest"] });
    expect([...claims!.files.keys()].sort()).toEqual(Object.keys(stored["files"] as Stored).sort());
    expect(readClaims(JSON.stringify(ofTomorrow(stored))).claims).toEqual(claims);
  });

  it("is nothing but the number, where the format is higher", () => {
    expect(readClaims(JSON.stringify({ ...stored, format: 2 }))).toEqual({
      claims: null,
      problem: null,
      newerFormat: 2,
    });
  });
});

describe("the ledger", () => {
  const text = today("ledger.jsonl");
  const stored = text.trimEnd().split("\n");
  const rowsOf = (lines: readonly string[]) => readLedgerLines("models/churn.jsonl", lines.join("\n"));

  it("of today is read whole", () => {
    expect(readLedgerLines("models/churn.jsonl", text).map(({ row }) => row)).toEqual(
      stored.map((line) => JSON.parse(line) as Stored),
    );
  });

  it("of tomorrow decides by what is known, and keeps every line", () => {
    const known = stored.map((line) => JSON.stringify(ofTomorrowsRow(JSON.parse(line) as Stored)));
    const paused = JSON.stringify({ kind: "paused", model: "churn", at: "2027-01-01T00:00:00.000Z", until: 1 });

    const lines = rowsOf([paused, ...known, paused]);

    expect(lines.map((line) => line.text)).toEqual([paused, ...known, paused]);
    expect(lines.flatMap(({ row }) => (row === null ? [] : [row]))).toEqual(
      stored.map((line) => JSON.parse(line) as Stored),
    );
  });
});

/** A row with new fields everywhere, and a reason of a kind that is not known. */
function ofTomorrowsRow(row: Stored): unknown {
  const reasons = row["reasons"] as readonly unknown[] | undefined;
  const more = reasons === undefined ? {} : { reasons: [...reasons, { kind: "seasonality", lag: 7 }] };
  return ofTomorrow({ ...row, ...more });
}

describe("candidates.json of an older refit", () => {
  it("counts every candidate as one that has learned something", () => {
    const text = today("candidates.json");

    expect(text).toContain('"learned"');
    expect(parseHandOver(text.replaceAll(/"learned": true,\s*/g, ""))).toEqual(JSON.parse(text));
  });
});
