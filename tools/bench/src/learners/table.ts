import { median } from "../measure.ts";
import type { DataSet } from "./data-set.ts";
import type { Took } from "./refit-side.ts";

/** What one contestant came to on one split, or why it did not run. */
export type Outcome = Ran | Skipped;

export interface Ran extends Took {
  readonly value: number;
  /** When it was done, as an ISO time. */
  readonly at: string;
}

export interface Skipped {
  readonly skipped: string;
}

export interface SetResult {
  readonly set: Pick<DataSet, "name" | "rows" | "columns">;
  readonly metric: string;
  readonly higherIsBetter: boolean;
  /** Not of a package: it counts for speed, and for no rank. */
  readonly madeUp: boolean;
  /** By contestant and seed. */
  readonly outcomes: ReadonlyMap<string, ReadonlyMap<number, Outcome>>;
}

/**
 * One row per set, one column per contestant, and what all sets come to at the end.
 *
 * @param peers who is not ours; the first is the one that times and memory are compared with.
 */
export function learnersTable(results: readonly SetResult[], peers: readonly string[]): string {
  const names = [...new Set(results.flatMap(({ outcomes }) => [...outcomes.keys()]))];
  const peer = peers[0]!;
  const ranked = results.some(({ madeUp }) => !madeUp) ? names.filter((name) => !peers.includes(name)) : [];
  const rows = [
    ["set: rows × columns, metric", ...names],
    ["---", ...names.map(() => "---")],
    ...results.map((result) => [titleOf(result), ...names.map((name) => cell(ranOf(result, name)))]),
    ...ranked.map((name) => ranksRow(results, names, name, peers)),
    [`CPU seconds over ${peer}'s, median of the sets`, ...ratios(results, names, (one) => one.cpuSeconds, peer)],
    [`clock over ${peer}'s, median of the sets`, ...ratios(results, names, (one) => one.wallSeconds, peer)],
    [`most memory over ${peer}'s, median of the sets`, ...ratios(results, names, (one) => one.peakMiB, peer)],
  ];
  return `${rows.map((row) => `| ${row.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`).join("\n")}\n`;
}

function titleOf({ set, metric, higherIsBetter }: SetResult): string {
  const size = `${set.rows.toLocaleString("en")} × ${set.columns.length}`;
  return `${set.name}: ${size}, ${metric} ${higherIsBetter ? "↑" : "↓"}`;
}

function cell({ ran, skipped, asked }: ReturnType<typeof ranOf>): string {
  if (ran.size === 0) return skipped === undefined ? "–" : `skipped: ${skipped}`;
  const { value, cpuSeconds, peakMiB } = medians([...ran.values()]);
  const failed = ran.size < asked ? ` (${ran.size} of ${asked})` : "";
  return `${digits(value)} · ${cpuSeconds.toFixed(2)} s · ${Math.round(peakMiB)} MiB${failed}`;
}

function ranOf({ outcomes }: SetResult, name: string) {
  const all = [...(outcomes.get(name) ?? [])];
  const skipped = all.flatMap(([, one]) => ("skipped" in one ? [one.skipped] : []))[0];
  const asked = Math.max(0, ...[...outcomes.values()].map(({ size }) => size));
  return { ran: new Map(all.flatMap(([seed, one]) => ("skipped" in one ? [] : [[seed, one]]))), skipped, asked };
}

const digits = (value: number) => (Math.abs(value) >= 100 ? value.toFixed(1) : value.toFixed(4));

function medians(ran: readonly Ran[]): Omit<Ran, "at"> {
  const of = (pick: (one: Omit<Ran, "at">) => number) => median(ran.map(pick));
  return {
    value: of((one) => one.value),
    cpuSeconds: of((one) => one.cpuSeconds),
    wallSeconds: of((one) => one.wallSeconds),
    peakMiB: of((one) => one.peakMiB),
  };
}

/** One of ours among the peers; the others of ours, which would only push the peers down, are left out. */
function ranksRow(results: readonly SetResult[], names: readonly string[], own: string, peers: readonly string[]) {
  const ranked = names.filter((name) => name === own || peers.includes(name));
  const { sets, ranks } = meanRanks(results, ranked);
  const what = `mean rank of ${own} and the peers, 1 the best of ${ranked.length}, over ${sets} real sets`;
  return [what, ...names.map((name) => ranks[ranked.indexOf(name)] ?? "–")];
}

/**
 * Ranks by the median value of the seeds that all of them ran, 1 the best, ties sharing theirs; over the real sets on which every one
 * that ever ran did.
 */
export function meanRanks(results: readonly SetResult[], names: readonly string[]) {
  const real = results.filter(({ madeUp }) => !madeUp);
  const running = names.filter((name) => real.some((result) => ranOf(result, name).ran.size > 0));
  const complete = real.flatMap((result) => {
    const ran = running.map((name) => ranOf(result, name).ran);
    const seeds = [...(ran[0]?.keys() ?? [])].filter((seed) => ran.every((of) => of.has(seed)));
    if (seeds.length === 0) return [];
    const sign = result.higherIsBetter ? -1 : 1;
    return [ran.map((of) => sign * medians(seeds.map((seed) => of.get(seed)!)).value)];
  });
  const ranks = names.map((name) => {
    const place = running.indexOf(name);
    if (place < 0 || complete.length === 0) return "–";
    const found = complete.map((losses) => rankOf(losses, losses[place]!));
    return (found.reduce((sum, rank) => sum + rank, 0) / found.length).toFixed(2);
  });
  return { sets: complete.length, ranks };
}

function rankOf(losses: readonly number[], loss: number): number {
  const better = losses.filter((other) => other < loss).length;
  const same = losses.filter((other) => other === loss).length;
  return better + (same + 1) / 2;
}

function ratios(
  results: readonly SetResult[],
  names: readonly string[],
  pick: (one: Omit<Ran, "at">) => number,
  peer: string,
): string[] {
  return names.map((name) => {
    const found = results.flatMap((result) => {
      const [ours, theirs] = [ranOf(result, name).ran, ranOf(result, peer).ran];
      if (ours.size === 0 || theirs.size === 0) return [];
      return [pick(medians([...ours.values()])) / pick(medians([...theirs.values()]))];
    });
    return found.length === 0 ? "–" : median(found).toFixed(2);
  });
}
