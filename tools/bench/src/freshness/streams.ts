import { randomBits } from "../../../../packages/core/src/statistics/resampling/random-bits.ts";
import { normalQuantile } from "../../../../packages/core/src/statistics/special/normal.ts";

/** How the answer hangs on what is seen, and how that changes. */
export type Drift = "none" | "abrupt" | "gradual" | "recurring" | "seasonal";

export interface StreamRequest {
  readonly drift: Drift;
  readonly seed: number;
  readonly rowsPerDay: number;
  readonly days: number;
}

export interface StreamRow {
  /** Days since the first. */
  readonly day: number;
  readonly features: readonly number[];
  readonly region: string;
  readonly answer: boolean;
}

const regions = ["north", "south", "east", "west"];
const columns = 6;

/**
 * A stream with a known truth: the log odds of the answer are a weighted sum of what is seen, with one product, and only the
 * weights move. Features keep their distribution, so no check of the data alone can see it.
 */
export function makeStream({ drift, seed, rowsPerDay, days }: StreamRequest): StreamRow[] {
  const next = randomBits(seed, 1);
  const uniform = () => (next() + 0.5) / 4_294_967_296;
  const normal = () => normalQuantile(uniform());
  const rows: StreamRow[] = [];
  for (let day = 0; day < days; day++) {
    const weights = weightsAt(drift, day, days);
    for (let i = 0; i < rowsPerDay; i++) {
      const features = Array.from({ length: columns }, normal);
      const region = regions[Math.floor(uniform() * regions.length)]!;
      const odds = features.reduce((sum, value, k) => sum + weights[k]! * value, 0) + 0.8 * features[0]! * features[1]!;
      const shift = region === "north" ? 0.7 : 0;
      const answer = uniform() < 1 / (1 + Math.exp(-(odds + shift)));
      rows.push({ day: day + i / rowsPerDay, features, region, answer });
    }
  }
  return rows;
}

/** Two of six weights turn; the other four stay, so that an old model is worse and not useless. */
function weightsAt(drift: Drift, day: number, days: number): number[] {
  const turn = turnAt(drift, day, days);
  const [a, b] = [1.6 * Math.cos(turn), 1.6 * Math.sin(turn)];
  return [a, b, 0.9, -0.6, 0.3, 0];
}

/** The angle by which the weights have turned. */
function turnAt(drift: Drift, day: number, days: number): number {
  const phase = day / days;
  switch (drift) {
    case "none":
      return 0;
    case "abrupt":
      return (Math.PI / 2) * [0.3, 0.55, 0.8].filter((at) => phase >= at).length;
    case "gradual":
      return 2 * Math.PI * phase;
    case "recurring":
      return Math.floor(day / 120) % 2 === 0 ? 0 : Math.PI / 2;
    case "seasonal":
      return (Math.PI / 3) * Math.sin((2 * Math.PI * day) / 365.25);
  }
}

const start = Date.UTC(2022, 0, 1);

/** Epoch milliseconds, to the second. */
export const instantOf = ({ day }: Pick<StreamRow, "day">) => Math.floor((start + day * 86_400_000) / 1000) * 1000;

/** @returns CSV of the rows, in their order. */
export function streamCsv(rows: readonly StreamRow[]): string {
  const head = ["at", ...Array.from({ length: columns }, (_, k) => `x${k + 1}`), "region", "answer"].join(",");
  const lines = rows.map((row) => {
    const { features, region, answer } = row;
    const at = new Date(instantOf(row)).toISOString();
    return [at, ...features.map((value) => value.toFixed(4)), region, answer ? "yes" : "no"].join(",");
  });
  return `${[head, ...lines].join("\n")}\n`;
}
