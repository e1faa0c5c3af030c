import { describe, expect, it } from "vitest";
import type { ClassifierDrift } from "../data/classifier-drift.ts";
import type { ColumnDrift } from "../data/measure-drift.ts";
import type { LedgerRow, RowOf } from "../ledger/ledger-row.ts";
import { driftLevelOf, driftRow, driftSeen, type MeasuredDrift } from "./drift-memory.ts";
import type { DriftSeen } from "./drift-trigger.ts";
import { attempt, day, row } from "./ledger-rows.fixture.ts";

const column = (name: string, psi: number, role: ColumnDrift["role"] = "feature"): ColumnDrift => ({
  column: name,
  role,
  importance: null,
  status: psi > 0.1 ? "drift" : "ok",
  reason: null,
  psi,
  floor: 0.1,
  p: 0,
  ks: null,
  wasserstein: null,
  jsDistanceBase2: null,
  counts: null,
});
const told: ClassifierDrift = { status: "drift", rows: 900, auc: 0.7, p: 0, features: ["speed"] };
const nothing: MeasuredDrift = { drift: [], classifier: null };
const calm: MeasuredDrift = { drift: [column("speed", 0.01)], classifier: null };
const moved: MeasuredDrift = { drift: [column("speed", 0.4)], classifier: null };
const level = (on: number, driftLevel: number, change: Partial<RowOf<"drift">> = {}) =>
  row("drift", on, { inputDigest: `inputs of day ${on}`, driftLevel, ...change });

describe("driftSeen", () => {
  it("is nothing without a champion, or where nothing was measured", () => {
    expect(driftSeen(moved, { ...attempt, parent: null }, [])).toBeNull();
    expect(driftSeen(nothing, attempt, [])).toBeNull();
  });

  it.each<[why: string, measured: MeasuredDrift, ledger: LedgerRow[], expected: Partial<DriftSeen>]>([
    ["calm", calm, [], { level: 0, columns: [], classifier: null, earlier: [], known: [], classifierKnown: false }],
    ["a column that drifted", moved, [], { columns: [{ feature: "speed", psi: 0.4 }] }],
    [
      "the champion's answers",
      { drift: [column("left", 0.4, "prediction")], classifier: null },
      [],
      { columns: [{ feature: "prediction of left", psi: 0.4 }] },
    ],
    [
      "a classifier that can tell",
      { ...calm, classifier: told },
      [],
      { classifier: { auc: 0.7, features: ["speed"] } },
    ],
    ["a classifier that cannot", { ...calm, classifier: { ...told, status: "ok" } }, [], { classifier: null }],
    ["earlier snapshots, in order", moved, [level(1, 0.4), level(2, 1.3)], { earlier: [0.4, 1.3] }],
    ["another champion's are not counted", moved, [level(1, 1.3, { parent: "other" })], { earlier: [] }],
    ["the same snapshot is not its own confirmation", moved, [level(1, 1.3, { inputDigest: "now" })], { earlier: [] }],
    [
      "what a candidate was judged for",
      moved,
      [row("proposed", 3, { reasons: [{ kind: "drift", feature: "speed", psi: 0.3 }] })],
      { known: ["speed"], classifierKnown: false },
    ],
    [
      "what a candidate was judged for by a classifier",
      moved,
      [row("rejected", 3, { reasons: [{ kind: "drift-classifier", auc: 0.7, features: ["speed"] }] })],
      { known: [], classifierKnown: true },
    ],
    [
      "what another champion's candidate was judged for",
      moved,
      [row("proposed", 3, { parent: "other", reasons: [{ kind: "drift", feature: "speed", psi: 0.3 }] })],
      { known: [] },
    ],
  ])("tells %s", (_why, measured, ledger, expected) => {
    expect(driftSeen(measured, attempt, ledger)).toMatchObject(expected);
  });
});

describe("driftRow", () => {
  const { policyDigest: _policy, ...inputs } = attempt;
  const against = { ...inputs, model: "churn" };

  it.each<[why: string, measured: MeasuredDrift, ledger: LedgerRow[], remembered: boolean]>([
    ["nothing measured", nothing, [level(1, 1.3)], false],
    ["calm data write nothing", calm, [], false],
    ["calm data after calm data neither", calm, [level(1, 0.4)], false],
    ["drift", moved, [], true],
    ["calm data after drift: it ended", calm, [level(1, 1.3)], true],
    ["calm data after drift from another champion", calm, [level(1, 1.3, { parent: "other" })], false],
    ["what is remembered already", moved, [level(1, 1.3, { inputDigest: "now" })], false],
    [
      "what is remembered with the candidate that was judged on it",
      moved,
      [row("look", 1, { driftLevel: 1.3 })],
      false,
    ],
  ])("%s", (_why, measured, ledger, remembered) => {
    const expected = row("drift", 9, { driftLevel: driftLevelOf(measured).driftLevel ?? 0 });

    expect(driftRow(measured, against, ledger, day(9))).toEqual(remembered ? expected : null);
  });
});

describe("driftLevelOf", () => {
  it("is absent where nothing was measured", () => {
    expect(driftLevelOf(nothing)).toEqual({});
    expect(driftLevelOf(calm)).toEqual({ driftLevel: 0 });
    expect(driftLevelOf(moved).driftLevel).toBeGreaterThan(1);
  });
});
