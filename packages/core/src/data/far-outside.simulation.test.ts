import { describe, expect, it } from "vitest";
import { checksPolicy } from "../spec/data-manifest.ts";
import { randomBits } from "../statistics/resampling/random-bits.ts";
import { normalQuantile } from "../statistics/special/normal.ts";
import { checkData } from "./check-data.ts";
import { profilesOfNight } from "./clean-night.fixture.ts";
import type { Finding } from "./finding.ts";
import { profileNumbers } from "./profile-values.ts";
import type { Profile } from "./profile.ts";

/** Seeds are fixed, so the answers never vary. */
const nights = Array.from({ length: 1000 }, (_, seed) => seed);
const columns = 30;

function findings(reference: Profile, profile: Profile): Finding[] {
  const found = checkData({
    manifest: { checks: checksPolicy.parse({}) },
    time: null,
    now: 0,
    rows: reference.rows + profile.rows,
    newFiles: [{ path: "data/new.csv", profile }],
    known: [{ path: "data/old.csv", rows: reference.rows }],
    reference,
  });
  return found.filter(({ severity }) => severity !== "warning");
}

const count = (found: readonly Finding[], code: string) => found.filter((each) => each.code === code).length;

/**
 * Ten rows a day of 30 numbers that follow the year (by up to three standard deviations), the week and a trend (up to three standard
 * deviations a year); a third of them has a heavy tail.
 */
function season(seed: number, [first, last]: readonly [first: number, last: number]): Profile {
  const next = randomBits(seed, first);
  const uniform = () => (next() + 0.5) / 4_294_967_296;
  const days = Array.from({ length: 10 * (last - first) }, (_, i) => first + i / 10);
  const weekly = days.map((day) => 0.5 * Math.sin((2 * Math.PI * day) / 7));
  const profiled = Array.from({ length: columns }, (_, i) => {
    const yearly = (day: number) => (i % 4 === 0 ? 0 : (i % 4) * Math.sin((2 * Math.PI * (day + 13 * i)) / 365));
    const values = Float64Array.from(days, (day, at) => {
      const drawn = yearly(day) + weekly[at]! + ((i % 3) * 1.5 * day) / 365 + normalQuantile(uniform());
      return i % 3 === 0 ? Math.exp(drawn) : drawn;
    });
    return profileNumbers(`x${i}`, values);
  });
  return { format: 1, rows: days.length, columns: profiled };
}

describe("over a thousand clean nights of 30 columns", () => {
  it.each<[before: number, now: number]>([
    [600, 150],
    [300, 300],
  ])("of %d rows then and %d now, no value is far outside", { timeout: 900_000 }, (before, now) => {
    const found = nights.flatMap((seed) => findings(...profilesOfNight({ seed, rows: [before, now], traits: false })));
    expect(count(found, "far-outside")).toBe(0);
  });

  it.each<[of: string, history: number]>([
    ["a year", 365],
    ["two months", 60],
  ])(
    "with seasons, a trend and heavy tails, after %s, at most one in a thousand has values far outside",
    { timeout: 900_000 },
    (_of, history) => {
      let reference: Profile | null = null;
      // Of each history, the four weeks that follow: the champion is up to a month old.
      const alarms = nights.filter((seed) => {
        if (seed % 4 === 0) reference = season(seed, [0, history]);
        const monday = history + 7 * (seed % 4);
        const found = findings(reference!, season(seed, [monday, monday + 7]));
        return count(found, "far-outside") > 0;
      });
      expect(alarms.length).toBeLessThanOrEqual(1);
    },
  );
});

describe("one column of 150 rows in another unit", () => {
  const hundred = Array.from<ReturnType<typeof profilesOfNight>>({ length: 100 });
  /** Made once: each kind of column is raised in the same nights. */
  const nightOf = (seed: number) => (hundred[seed] ??= profilesOfNight({ seed, rows: [600, 150], traits: false }));

  const times = (profile: Profile, name: number, factor: number): Profile => {
    const raised = Math.round(Math.log(factor) / Math.log(1.02));
    return {
      ...profile,
      columns: profile.columns.map((column, i) => {
        if (i !== name) return column;
        const buckets = column.buckets!.map(([key, n]): [number, number] => [
          key === 0 ? 0 : key + Math.sign(key) * raised,
          n,
        ]);
        return {
          ...column,
          min: column.min! * factor,
          max: column.max! * factor,
          buckets: buckets.sort(([a], [b]) => a - b),
        };
      }),
    };
  };

  it.each<[kind: string, column: number, factor: number, least: number]>([
    ["normal, times 1,000", 0, 1000, 1],
    ["lognormal, times 1,000", 1, 1000, 1],
    ["counts, times 1,000", 2, 1000, 1],
    ["mostly zeros, times 1,000", 3, 1000, 1],
    ["half missing, times 1,000", 9, 1000, 1],
  ])("is named: %s", (_kind, name, factor, least) => {
    const found = nights.slice(0, hundred.length).filter((seed) => {
      const [reference, profile] = nightOf(seed);
      return findings(reference, times(profile, name, factor)).some(({ column }) => column === `x${name}`);
    });
    expect(found.length / hundred.length).toBeGreaterThanOrEqual(least);
  });
});
