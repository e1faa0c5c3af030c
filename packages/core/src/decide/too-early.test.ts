import { describe, expect, it } from "vitest";
import type { HeldBack, Reason } from "./reason.ts";
import { tooEarly, type NewerRows } from "./too-early.ts";

const age: Reason = { kind: "age", ageDays: 20, maxAgeDays: 14 };
const newRows: Reason = { kind: "new-rows", newRows: 300, minNewRows: 200 };
const enough: NewerRows = { rows: 200, minRows: 200, classRows: [190, 10], full: false };

describe("tooEarly", () => {
  it.each<[why: string, reasons: Reason[], newer: Partial<NewerRows>, heldBack: HeldBack | null]>([
    ["enough rows, and just enough of each class", [age], {}, null],
    ["one row short", [age], { rows: 199 }, { kind: "few-rows", rows: 199, minRows: 200 }],
    ["one of a class short", [age], { classRows: [191, 9] }, { kind: "few-of-class", rows: 9, minRows: 10 }],
    ["none of a class", [age, newRows], { classRows: [200, 0] }, { kind: "few-of-class", rows: 0, minRows: 10 }],
    ["two of three classes are common", [age], { classRows: [150, 49, 1] }, null],
    ["a number is predicted", [age], { classRows: null }, null],
    ["a full holdout holds no more of a class tomorrow", [age], { classRows: [200, 0], full: true }, null],
    ["full or not, rows are needed", [age], { rows: 20, full: true }, { kind: "few-rows", rows: 20, minRows: 200 }],
    ["a person asked for it", [{ kind: "forced", words: "now" }, age], { rows: 0, classRows: [0, 0] }, null],
    ["a first model has nothing to wait for", [{ kind: "no-champion" }], { rows: 0, classRows: [0, 0] }, null],
    ["other settings are compared as procedures", [{ kind: "settings" }, age], { rows: 0 }, null],
    ["an open proposal lost its champion", [age, { kind: "champion-moved" }], { rows: 0 }, null],
  ])("%s", (_why, reasons, newer, heldBack) => {
    expect(tooEarly(reasons, { ...enough, ...newer })).toEqual(heldBack);
  });

  it.each<Reason>([
    newRows,
    { kind: "drift", feature: "x", psi: 0.4 },
    { kind: "drift-classifier", auc: 0.7, features: ["x"] },
    { kind: "performance", metric: "rocAuc", before: 0.8, now: 0.7, performanceMargin: 0.02 },
  ])("holds back a trigger: $kind", (reason) => {
    expect(tooEarly([reason], { ...enough, rows: 3 })).toEqual({ kind: "few-rows", rows: 3, minRows: 200 });
  });
});
