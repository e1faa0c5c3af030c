import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readLedgerLines } from "./read-ledger-lines.ts";
import { ledgerKey } from "./ledger-key.ts";
import { appendLedgerLines, distinctLines, writeLedgerLines } from "./ledger-lines.ts";
import { rowOf, rowOfEachKind } from "./ledger-row.fixture.ts";
import { ledgerRow, type LedgerRow } from "./ledger-row.ts";

const file = "models/churn.jsonl";
const read = (text: string) => readLedgerLines(file, text);
const rowsOf = (text: string) => read(text).flatMap(({ row }) => (row === null ? [] : [row]));
const textOf = (...rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
const append = (text: string, rows: readonly LedgerRow[]) =>
  appendLedgerLines(text, read(text), writeLedgerLines(rows));

const known = new Set(ledgerRow.options.flatMap(({ shape }) => Object.keys(shape)).concat("format"));
const extraKeys = fc.dictionary(
  fc.string().filter((key) => !known.has(key) && key !== "__proto__"),
  fc.jsonValue(),
);
const kindOfTomorrow = fc.string().filter((kind) => !rowOfEachKind.some((row) => row.kind === kind));

describe("a ledger file", () => {
  it("reads what it writes, of every kind", () => {
    expect(rowsOf(append("", rowOfEachKind))).toEqual(rowOfEachKind);
  });

  it("keeps any key of tomorrow on any row of today, and decides without it", () => {
    fc.assert(
      fc.property(fc.constantFrom(...rowOfEachKind), extraKeys, (row, extra) => {
        const before = textOf({ ...extra, ...row });

        const after = append(before, [row, rowOf("look", { inputDigest: "next" })]);

        expect(after.startsWith(before)).toBe(true);
        expect(rowsOf(after)).toEqual([row, rowOf("look", { inputDigest: "next" })]);
      }),
    );
  });

  it("keeps any row of a kind of tomorrow, and decides without it", () => {
    fc.assert(
      fc.property(kindOfTomorrow, extraKeys, (kind, extra) => {
        const before = textOf(rowOf("look"), { ...extra, kind, model: "churn", at: "2027-01-01T00:00:00.000Z" });

        const after = append(before, [rowOf("proposed")]);

        expect(after.startsWith(before)).toBe(true);
        expect(rowsOf(after)).toEqual([rowOf("look"), rowOf("proposed")]);
      }),
    );
  });

  it("leaves the file as it is when nothing is new, also without a line end", () => {
    const text = textOf(rowOf("look"), rowOf("look"), rowOf("drift")).trimEnd();

    expect(append(text, [rowOf("drift")])).toBe(text);
    expect(rowsOf(append(text, [rowOf("forced")]))).toHaveLength(4);
  });

  it("begins with its first row, and each row ends its line", () => {
    const first = append("", [rowOf("look")]);
    const ended = append(first, [rowOf("drift")]);

    expect(first).toMatch(/^{[^\n]*}\n$/);
    expect(ended).toMatch(/^{[^\n]*}\n{[^\n]*}\n$/);
    expect(append(first.trimEnd(), [rowOf("drift")])).toBe(ended);
  });

  it("may have lines that are blank, and line ends of other systems", () => {
    const text = textOf(rowOf("look"), rowOf("drift")).replaceAll("\n", "\r\n");

    expect(rowsOf(`${text}\r\n  \n\t\n`)).toEqual([rowOf("look"), rowOf("drift")]);
  });

  it("keeps two rows of the same kind of tomorrow, and one of them twice only once", () => {
    const paused = (why: string) => textOf({ kind: "paused", model: "churn", at: "2027-01-01", why });
    const [here, there] = [read(paused("a")), read(paused("a") + paused("b"))];

    expect(distinctLines(here, there).map(({ text }) => `${text}\n`)).toEqual([paused("a"), paused("b")]);
  });

  it("keeps the row that was first of two with one key, as it was written", () => {
    const [first, second] = [textOf({ ...rowOf("look"), later: 1 }), textOf({ ...rowOf("look"), later: 2 })];

    expect(distinctLines(read(first), read(second)).map(({ text }) => `${text}\n`)).toEqual([first]);
  });

  it("leaves out reasons that only a newer refit knows", () => {
    const newer = [{ kind: "seasonality" }, { kind: "age", weeks: 1 }];
    const age = { kind: "age" as const, ageDays: 30, maxAgeDays: 7 };
    const [row] = rowsOf(textOf({ ...rowOf("proposed"), reasons: [newer[0], { ...age, weeks: 4 }] }));

    expect(row).toEqual(rowOf("proposed", { reasons: [age] }));
    expect(() => read(textOf({ ...rowOf("proposed"), reasons: newer }))).toThrow("reasons.0.ageDays");
  });

  it("keeps a reason about a metric of the model's own", () => {
    const own = { kind: "performance" as const, metric: "profit", before: 2.5, now: 1.5, performanceMargin: 0.5 };

    expect(rowsOf(textOf({ ...rowOf("proposed"), reasons: [own] }))[0]).toEqual(rowOf("proposed", { reasons: [own] }));
  });

  it.each<[why: string, line: string, code: string, message: string]>([
    ["no JSON", "<<<<<<< HEAD", "ledger-invalid", "it is not JSON"],
    ["not a row", "null", "ledger-invalid", "models/churn.jsonl:2 on the branch"],
    ["no model", JSON.stringify({ kind: "paused", at: "2027-01-01" }), "ledger-invalid", "model: "],
    ["no time", JSON.stringify({ kind: "paused", model: "churn" }), "ledger-invalid", "at: "],
    ["a field is missing", JSON.stringify({ ...rowOf("blocked"), kind: "drift" }), "ledger-invalid", "driftLevel: "],
    ["a field is wrong", JSON.stringify({ ...rowOf("look"), look: "1" }), "ledger-invalid", "look: "],
    [
      "a time is not one",
      JSON.stringify({ ...rowOf("look"), at: "last week" }),
      "ledger-invalid",
      "at: expected a time",
    ],
    [
      "… of a window",
      JSON.stringify({ ...rowOf("look"), window: { from: "2026-02-31x", to: null, rows: 1 } }),
      "ledger-invalid",
      "window.from: expected a time",
    ],
    ["a higher format", JSON.stringify({ ...rowOf("look"), format: 2 }), "format-newer", "models/churn.jsonl:2 on the"],
    ["… of any kind", JSON.stringify({ ...rowOf("drift"), kind: "x", format: 9 }), "format-newer", "has format 9"],
  ])("names a line that cannot be read: %s", (_why, line, code, message) => {
    expect(() => read(`${textOf(rowOf("look"))}${line}\n`)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });
});

describe("the key of a row", () => {
  const row = { model: "m", kind: "look", inputDigest: "i", parent: "p", holdout: "h", policyDigest: "b" } as const;

  it.each([
    ["model", { ...row, model: "n" }],
    ["kind", { ...row, kind: "proposed" as const }],
    ["inputs", { ...row, inputDigest: "j" }],
    ["parent", { ...row, parent: null }],
    ["holdout", { ...row, holdout: null }],
    ["bar", { ...row, policyDigest: undefined }],
  ])("is another one with another %s", (_what, other) => {
    expect(ledgerKey(other)).not.toBe(ledgerKey(row));
  });

  it("runs no two values together", () => {
    expect(ledgerKey({ ...row, inputDigest: "ip", parent: "" })).not.toBe(ledgerKey(row));
  });
});
