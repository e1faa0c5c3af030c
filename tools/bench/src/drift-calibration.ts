import { checkData } from "../../../packages/core/src/data/check-data.ts";
import { driftOfNight, profilesOfNight } from "../../../packages/core/src/data/clean-night.fixture.ts";
import { driftVerdict } from "../../../packages/core/src/data/drift-verdict.ts";
import { checksPolicy } from "../../../packages/core/src/spec/data-manifest.ts";

/** One thing that may happen in a simulated run, for `npm run bench:statistics`. */
export interface DriftRate {
  readonly what: string;
  /** What it may be, in words. */
  readonly bar: string;
  happens(seed: number): boolean;
}

type Rows = readonly [before: number, now: number];

/** False alarms of drift over 30 columns of ten kinds, and its power beside them. */
export const driftRates: readonly DriftRate[] = [
  ...falseAlarms([600, 200]),
  ...falseAlarms([2000, 300]),
  ...falseAlarms([300, 2000]),
  ...[0.25, 0.5, 0.75].map((moved) => ({
    what: `Power: 10 of 30 mixed columns moved by about ${moved} standard deviations, and the whole is called drift`,
    bar: "–",
    happens: (seed: number) => driftVerdict(driftOfNight({ seed, rows: [2000, 300], moving: 10, moved })).level >= 1,
  })),
];

function falseAlarms(rows: Rows): DriftRate[] {
  const what = `30 clean mixed columns, ${rows[0]} rows then and ${rows[1]} now`;
  return [
    {
      what: `${what}: any column called drift`,
      bar: "≤ 6 %",
      happens: (seed) => driftOfNight({ seed, rows, traits: false }).some(({ status }) => status === "drift"),
    },
    {
      what: `${what}, a target and predictions: the data as a whole called drift`,
      bar: "≤ 6 %",
      happens: (seed) => driftVerdict(driftOfNight({ seed, rows })).level >= 1,
    },
    {
      what: `${what}: any finding that blocks the night`,
      bar: "≤ 2 %",
      happens: (seed) => isBlocked(seed, rows),
    },
  ];
}

function isBlocked(seed: number, rows: Rows): boolean {
  const [reference, profile] = profilesOfNight({ seed, rows });
  const findings = checkData({
    manifest: { checks: checksPolicy.parse({}) },
    time: null,
    now: 0,
    rows: rows[0] + rows[1],
    newFiles: [{ path: "new/a.csv", profile }],
    known: [{ path: "old/a.csv", rows: rows[0] }],
    target: ["y"],
    reference,
  });
  return findings.some(({ severity }) => severity !== "warning");
}
