import type { Direction } from "../metrics/metric.ts";
import type { LineSummary } from "./summarise-line.ts";

/** What a policy has in place of what `model.yaml` says; left out: as it is there. */
export interface PolicyTrial {
  /** Only rows of the newest days, whichever candidate; `null`: all rows. */
  readonly trainingDays?: number | null | undefined;
  readonly holdoutDays?: number | undefined;
  readonly maxAgeDays?: number;
  /** `null`: by no number of rows. */
  readonly minNewRows?: number | null;
}

/** What a search may know before it begins. Nothing in it comes from the nights that are kept back. */
export interface SearchSpace {
  /** From the oldest row to the end of the last night that the choice looks at. */
  readonly historyDays: number;
  /** Rows in these days. */
  readonly rows: number;
  /** Between two nights, and how many of them the choice looks at. */
  readonly everyDays: number;
  readonly nights: number;
  /** `holdout.days` of today; `null`: it is a share. */
  readonly holdoutDays: number | null;
}

/** Nights of the coarse pass: as many as show which of two windows is better, few enough to train on all of them. */
const COARSE_NIGHTS = 12;
/** A window with fewer rows teaches nothing. */
const LEAST_ROWS = 200;
/** Windows of the coarse pass, as shares of the history. The fine pass halves and doubles the best one. */
const WINDOWS = [1 / 4, 1 / 16];
/** Rhythms of the fine pass, in nights. */
const RHYTHMS = [1, 2, 4, 8];
/** The rhythm at which windows and holdouts are compared in the fine pass. */
const MIDDLE = 2;

/** How many nights of the fine pass the coarse one takes for one. */
export function coarseNights({ nights }: Pick<SearchSpace, "nights">): number {
  return Math.max(1, Math.ceil(nights / COARSE_NIGHTS));
}

/**
 * What the coarse pass compares: windows and holdouts, each by itself, with a retrain on every one of its few nights. The first
 * is what `model.yaml` says.
 */
export function coarseTrials(space: SearchSpace): PolicyTrial[] {
  const rhythm = byAge(coarseNights(space) * space.everyDays);
  const windows = [null, ...windowsOf(space, WINDOWS)];
  const holdouts = space.holdoutDays === null ? [] : [space.holdoutDays / 2, space.holdoutDays * 2].map(wholeDays);
  return distinct([
    rhythm,
    ...windows.map((trainingDays): PolicyTrial => ({ ...rhythm, trainingDays })),
    ...holdouts.map((holdoutDays): PolicyTrial => ({ ...rhythm, holdoutDays })),
  ]);
}

/**
 * What the fine pass compares: rhythms with the best window and holdout of the coarse pass, and at the rhythm in the middle a
 * step to both sides of each, rows in place of days, and the window and holdout of today.
 *
 * @param best of the coarse pass: what it says of rhythm is left out.
 */
export function fineTrials(space: SearchSpace, best: PolicyTrial): PolicyTrial[] {
  const { everyDays, nights, historyDays } = space;
  const procedure = procedureOf(best);
  const rhythms = RHYTHMS.filter((rhythm) => rhythm === 1 || rhythm <= nights / 4);
  const rhythm = byAge((rhythms.includes(MIDDLE) ? MIDDLE : 1) * everyDays);
  const middle = { ...procedure, ...rhythm };
  const days = procedure.trainingDays ?? null;
  const windows = days === null ? [] : windowsOf(space, [days / 2 / historyDays, (days * 2) / historyDays]);
  const holdout = procedure.holdoutDays ?? space.holdoutDays;
  const holdouts = holdout === null ? [] : [holdout / Math.SQRT2, holdout * Math.SQRT2].map(wholeDays);
  const burst = Math.round((space.rows / historyDays) * rhythm.maxAgeDays);
  return distinct([
    procedure,
    ...rhythms.map((each): PolicyTrial => ({ ...procedure, ...byAge(each * everyDays) })),
    rhythm,
    { ...procedure, maxAgeDays: rhythms.at(-1)! * everyDays, minNewRows: Math.max(1, burst) },
    ...windows.map((window): PolicyTrial => ({ ...middle, trainingDays: window })),
    ...holdouts.map((window): PolicyTrial => ({ ...middle, holdoutDays: window })),
  ]);
}

/**
 * The window and the holdout that did best, each beside the first trial, which changes neither.
 *
 * @param summaries of the trials, in their order. @returns `null`: none was measured.
 */
export function bestTrial(
  trials: readonly PolicyTrial[],
  summaries: readonly LineSummary[],
  { name: primary, higherIsBetter }: Direction,
): PolicyTrial | null {
  const measured = trials.flatMap((trial, i) => {
    const value = summaries[i]!.metrics[primary];
    return value === undefined ? [] : [{ trial, value: higherIsBetter ? value : -value }];
  });
  const best = (alike: (trial: PolicyTrial) => boolean) =>
    measured.filter(({ trial }) => alike(trial)).toSorted((a, b) => b.value - a.value)[0]?.trial;
  const window = best(({ holdoutDays }) => holdoutDays === undefined);
  const holdout = best(({ trainingDays }) => trainingDays === undefined);
  if (window === undefined && holdout === undefined) return null;
  return procedureOf({ trainingDays: window?.trainingDays, holdoutDays: holdout?.holdoutDays });
}

/** Without what it says of rhythm. */
function procedureOf({ trainingDays, holdoutDays }: PolicyTrial): PolicyTrial {
  return {
    ...(trainingDays !== undefined && { trainingDays }),
    ...(holdoutDays !== undefined && { holdoutDays }),
  };
}

/** Without a rhythm by rows, which would come before it. */
function byAge(maxAgeDays: number): { readonly maxAgeDays: number; readonly minNewRows: null } {
  return { maxAgeDays, minNewRows: null };
}

function windowsOf({ historyDays, rows }: SearchSpace, shares: readonly number[]): number[] {
  return shares
    .filter((share) => share < 1 && share * rows >= LEAST_ROWS)
    .map((share) => wholeDays(share * historyDays));
}

const wholeDays = (days: number) => Math.max(1, Math.round(days));

function distinct(trials: readonly PolicyTrial[]): PolicyTrial[] {
  return [...new Map(trials.map((trial) => [trialName(trial), trial])).values()];
}

/** In the words of `model.yaml`. */
export function trialName({ trainingDays, holdoutDays, maxAgeDays, minNewRows }: PolicyTrial): string {
  const parts = [
    maxAgeDays === undefined ? null : `maxAgeDays ${maxAgeDays}`,
    minNewRows === undefined || minNewRows === null ? null : `minNewRows ${minNewRows}`,
    trainingDays === undefined ? null : trainingDays === null ? "all rows" : `training ${trainingDays} days`,
    holdoutDays === undefined ? null : `holdout ${holdoutDays} days`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? "model.yaml" : parts.join(", ");
}
