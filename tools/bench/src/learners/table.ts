import { median } from "../measure.ts";
import type { DataSet } from "./data-set.ts";
import type { Took } from "./refit-side.ts";

/** What one contestant came to on one split, or why it did not run. */
export type Outcome = (Took & { readonly value: number }) | { readonly skipped: string };

export interface SetResult {
  readonly set: Pick<DataSet, "name" | "rows" | "columns">;
  readonly metric: string;
  readonly higherIsBetter: boolean;
  /** By contestant, one per seed. */
  readonly outcomes: ReadonlyMap<string, readonly Outcome[]>;
}

type Ran = Exclude<Outcome, { readonly skipped: string }>;

/** One row per set, one column per contestant, and what all sets come to at the end. */
export function learnersTable(results: readonly SetResult[], peer: string): string {
  const names = [...new Set(results.flatMap(({ outcomes }) => [...outcomes.keys()]))];
  const rows = [
    ["set: rows × columns, metric", ...names],
    ["---", ...names.map(() => "---")],
    ...results.map((result) => [titleOf(result), ...names.map((name) => cell(result.outcomes.get(name) ?? []))]),
    ["mean rank, where all ran", ...meanRanks(results, names)],
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

function cell(outcomes: readonly Outcome[]): string {
  const ran = ranOf(outcomes);
  if (ran.length === 0)
    return outcomes.flatMap((one) => ("skipped" in one ? [`skipped: ${one.skipped}`] : []))[0] ?? "–";
  const { value, cpuSeconds, peakMiB } = medians(ran);
  const failed = ran.length < outcomes.length ? ` (${ran.length} of ${outcomes.length})` : "";
  return `${digits(value)} · ${cpuSeconds.toFixed(2)} s · ${Math.round(peakMiB)} MiB${failed}`;
}

const ranOf = (outcomes: readonly Outcome[]) => outcomes.filter((one): one is Ran => !("skipped" in one));

const digits = (value: number) => (Math.abs(value) >= 100 ? value.toFixed(1) : value.toFixed(4));

function medians(ran: readonly Ran[]): Ran {
  const of = (pick: (one: Ran) => number) => median(ran.map(pick));
  return {
    value: of((one) => one.value),
    cpuSeconds: of((one) => one.cpuSeconds),
    wallSeconds: of((one) => one.wallSeconds),
    peakMiB: of((one) => one.peakMiB),
  };
}

/** Ranks by the median value, 1 the best, ties sharing theirs, over the sets on which every contestant that ever ran did. */
export function meanRanks(results: readonly SetResult[], names: readonly string[]): string[] {
  const running = names.filter((name) => results.some(({ outcomes }) => ranOf(outcomes.get(name) ?? []).length > 0));
  const complete = results.flatMap(({ outcomes, higherIsBetter }) => {
    const ran = running.map((name) => ranOf(outcomes.get(name) ?? []));
    if (ran.some((of) => of.length === 0)) return [];
    return [ran.map((of) => (higherIsBetter ? -1 : 1) * medians(of).value)];
  });
  return names.map((name) => {
    const place = running.indexOf(name);
    if (place < 0 || complete.length === 0) return "–";
    const ranks = complete.map((losses) => rankOf(losses, losses[place]!));
    return (ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length).toFixed(2);
  });
}

function rankOf(losses: readonly number[], loss: number): number {
  const [better, same] = [
    losses.filter((other) => other < loss).length,
    losses.filter((other) => other === loss).length,
  ];
  return better + (same + 1) / 2;
}

function ratios(
  results: readonly SetResult[],
  names: readonly string[],
  pick: (one: Ran) => number,
  peer: string,
): string[] {
  return names.map((name) => {
    const found = results.flatMap(({ outcomes }) => {
      const [ours, theirs] = [ranOf(outcomes.get(name) ?? []), ranOf(outcomes.get(peer) ?? [])];
      return ours.length === 0 || theirs.length === 0 ? [] : [pick(medians(ours)) / pick(medians(theirs))];
    });
    return found.length === 0 ? "–" : median(found).toFixed(2);
  });
}
