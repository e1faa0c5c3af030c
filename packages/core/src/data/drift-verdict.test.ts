import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { insufficientClassifier, type ClassifierDrift } from "./classifier-drift.ts";
import { driftVerdict } from "./drift-verdict.ts";
import type { ColumnDrift } from "./measure-drift.ts";

const feature: ColumnDrift = {
  column: "x",
  role: "feature",
  importance: null,
  status: "ok",
  reason: null,
  psi: 0,
  floor: 0.1,
  p: 1,
  ks: null,
  wasserstein: null,
  jsDistanceBase2: null,
  counts: null,
};
const moved = (psi: number, floor = 0.1): ColumnDrift => ({ ...feature, status: "drift", psi, floor, p: 0 });
const unsure: ColumnDrift = { ...feature, status: "insufficient", reason: "few-rows", psi: null, floor: null, p: null };
const many = (count: number, column: ColumnDrift) => Array.from({ length: count }, () => column);
const target = (column: ColumnDrift): ColumnDrift => ({ ...column, role: "target" });
const prediction = (column: ColumnDrift): ColumnDrift => ({ ...column, role: "prediction" });
const carrying = (importance: number, column: ColumnDrift): ColumnDrift => ({ ...column, importance });
const told: ClassifierDrift = { status: "drift", rows: 900, auc: 0.7, p: 0, features: ["x"] };

describe("driftVerdict", () => {
  it.each<[what: string, columns: ColumnDrift[], level: number]>([
    ["nothing measured", [], 0],
    ["nothing moved", many(10, feature), 0],
    ["two of ten", [...many(8, feature), ...many(2, moved(0.1))], 2 / 3],
    ["three of ten", [...many(7, feature), ...many(3, moved(0.1))], 1],
    ["one of three that could be told", [...many(2, feature), moved(0.1), ...many(9, unsure)], 10 / 9],
    ["one far beyond its floor", [...many(29, feature), moved(0.25)], 1],
    ["one as far as usual", [...many(29, feature), moved(0.25, 0.2)], 1 / 3],
    ["the target", [...many(29, feature), target(moved(0.12))], 1.2],
    ["a rare class of the target", [...many(29, feature), target(moved(0.02))], 1],
    ["the target, near", [...many(29, feature), target({ ...feature, psi: 0.08, p: 0.01 })], 0.8],
    ["the predictions", [...many(29, feature), prediction(moved(0.12))], 1.2],
    ["predictions of which nothing is kept", [feature, prediction(unsure)], 0],
    ["what carries a third of the answers", [carrying(0.37, moved(0.1)), ...many(9, carrying(0.07, feature))], 3.7 / 3],
    ["what carries next to nothing", [...many(2, carrying(0.49, feature)), carrying(0.02, moved(0.5))], 0.2 / 3],
    ["one that nothing hangs on, far", [carrying(1, feature), carrying(0, moved(9))], 0],
    ["one that everything hangs on, far", [carrying(0, feature), carrying(1, moved(0.7))], 4],
    ["the target, by chance", [...many(29, feature), target({ ...feature, psi: 0.08, p: 0.2 })], 0],
  ])("%s", (_what, columns, level) => {
    expect(driftVerdict(columns).level).toBeCloseTo(level, 9);
  });

  it.each<[what: string, classifier: ClassifierDrift, level: number]>([
    ["tells them apart", told, 2],
    ["barely", { ...told, auc: 0.6 }, 1],
    ["a little, and surely", { ...told, status: "ok", auc: 0.56 }, 0.6],
    ["by chance", { ...told, status: "ok", auc: 0.56, p: 0.2 }, 0],
    ["had too few rows", insufficientClassifier(100), 0],
  ])("a classifier that %s", (_what, classifier, level) => {
    expect(driftVerdict(many(5, feature), classifier).level).toBeCloseTo(level, 9);
  });

  it("names what drifted, the farthest first", () => {
    const columns = [moved(0.2), feature, { ...moved(0.9), column: "y" }];

    expect(driftVerdict(columns).columns.map(({ column }) => column)).toEqual(["y", "x"]);
  });

  it("never falls when one more feature drifts", () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(20), (calm, drifted) => {
        const before = driftVerdict([...many(calm + 1, feature), ...many(drifted, moved(0.11))]).level;
        const after = driftVerdict([...many(calm, feature), ...many(drifted + 1, moved(0.11))]).level;

        expect(after).toBeGreaterThanOrEqual(before);
      }),
    );
  });
});
