import { LearnerDivergedError } from "@refit/core/errors";
import { trainingWindow, type LabelledRows, type TrainingPolicy } from "@refit/core/runtime";
import { canonicalJson } from "@refit/core/history";
import { progressOf } from "../progress.ts";
import { outputsOf } from "../model-header.ts";
import { blend } from "./blend.ts";
import { foldsOf, rowsByPlace, type Fold } from "./folds.ts";
import { neighboursOf } from "./neighbours.ts";
import { affordable, withRoom } from "./portfolio.ts";
import { clearlyBelow } from "./row-losses.ts";
import type { StoredMember } from "./model-file.ts";
import { readChosen } from "./read-chosen.ts";
import type { MemberSettings } from "./settings.ts";
import { askedOf, fitMember, tryOut, type SearchRequest, type Trial } from "./trial.ts";

export interface Found {
  readonly members: readonly StoredMember[];
  /** Which rows they learn from; absent: all that were given. */
  readonly training?: TrainingPolicy;
}

/** Values (rows × columns × outputs) that every configuration learns from at first; each further round takes four times as many. */
const FIRST_VALUES = 300_000;
const LEAST_ROWS = 1000;
/** Trainings that progress is counted in. */
const MOST_STEPS = 40;
/** Configurations that are mixed, and that at least meet all rows. */
const FINALISTS = 3;
const DAY = 86_400_000;

/**
 * Successive halving (Jamieson and Talwalkar, 2016) over rows: all configurations learn from a part of them, the better half from four times
 * as many, and so on; those that are left are mixed on the validation rows. What is spent is counted in rows and never in seconds,
 * so that every machine finds the same.
 *
 * @throws LearnerDivergedError where no configuration has a finite loss.
 */
export async function search(request: SearchRequest, portfolio: readonly MemberSettings[]): Promise<Found> {
  const folds = foldsOf(request, valuesPerRow(request), request.seed);
  const progress = progressOf(MOST_STEPS, request.onProgress);
  let done = 0;
  const tryAll = async (part: readonly Fold[], all: readonly MemberSettings[]) => {
    const trials: Trial[] = [];
    for (const settings of all) {
      const trial = await tryOut(request, part, settings);
      if (trial !== null) trials.push(trial);
      progress(Math.min(MOST_STEPS, ++done));
    }
    if (trials.length === 0) throw new LearnerDivergedError("auto", "the validation loss of every model");
    return trials;
  };

  let left = startOf(request, portfolio);
  for (const rows of roundsOf(request, folds)) {
    left = settingsOf(best(await tryAll(thinned(folds, rows), left), half(left)));
  }
  const met = await tryAll(folds, left);
  // With several folds each stopped its trees by its own rows, so the best are asked again with the number for all.
  const finalists = folds.length === 1 ? met : await tryAll(folds, settledOf(best(met, FINALISTS)));
  const window = await windowOf(request, folds, finalists);
  const trials = window === null ? finalists : await tryAll(window.folds, settingsOf(best(finalists, FINALISTS)));
  const shares = blend(
    request.task,
    askedOf(folds),
    trials.map(({ answers }) => answers),
    request.settings.models,
  );
  const members = await Promise.all(
    shares.map(async ({ of, share }) => {
      const { settled, models } = trials[of]!;
      const model = folds.length === 1 ? models[0]! : await fitMember(request, settled, request);
      return { share, settings: settled, model };
    }),
  );
  progress(MOST_STEPS);
  return { members, ...(window && { training: window.training }) };
}

const settingsOf = (trials: readonly Trial[]) => trials.map(({ settings }) => settings);
const settledOf = (trials: readonly Trial[]) => trials.map(({ settled }) => settled);

/** The portfolio, and at a retrain what is live and two beside it. */
function startOf(request: SearchRequest, portfolio: readonly MemberSettings[]): MemberSettings[] {
  const { champion, train } = request;
  const live = champion && readChosen(champion.settings["chosen"])[0]?.settings;
  const near = live === undefined ? [] : [withRoom(live), ...neighboursOf(live, champion!.seed)];
  const all = [...near, ...portfolio.slice(0, request.settings.tries)].map((one) =>
    affordable(one, train.target.length * valuesPerRow(request)),
  );
  return [...new Map(all.map((one) => [canonicalJson({ ...one }), one])).values()];
}

const valuesPerRow = ({ task, classes, train }: SearchRequest) =>
  Math.max(1, train.features.columns.length * outputsOf({ task, classes }));

/** Rows of each round before the last, which has all. */
function roundsOf(request: SearchRequest, folds: readonly Fold[]): number[] {
  if (folds.length > 1) return [];
  const rounds: number[] = [];
  let rows = Math.max(LEAST_ROWS, Math.ceil(FIRST_VALUES / valuesPerRow(request)));
  // What is nearly all of the rows is not worth a round.
  for (; rows < request.train.target.length / 2; rows *= 4) rounds.push(rows);
  return rounds;
}

/** Each fold with at most so many rows to learn from, evenly spaced, and a quarter of them to be asked about. */
const thinned = (folds: readonly Fold[], rows: number): Fold[] =>
  folds.map(({ train, validation }) => ({ train: spaced(train, rows), validation: spaced(validation, rows / 4) }));

function spaced(rows: LabelledRows, most: number): LabelledRows {
  const stride = Math.ceil(rows.target.length / most);
  if (stride <= 1) return rows;
  return rowsByPlace(
    rows,
    Uint32Array.from({ length: Math.ceil(rows.target.length / stride) }, (_, row) => row * stride),
  );
}

/** The best, in their order, and the best of each learner besides: a model of another kind is what helps a blend. */
function best(trials: readonly Trial[], count: number): Trial[] {
  const sorted = trials.toSorted((a, b) => a.loss - b.loss);
  const kinds = new Set<string>();
  return sorted.filter(({ settings: { learner } }, place) => {
    const isNew = !kinds.has(learner);
    kinds.add(learner);
    return place < count || isNew;
  });
}

const half = (all: readonly unknown[]) => Math.max(FINALISTS, Math.ceil(all.length / 2));

/** Windows of the training, as parts of the time that the rows span. */
const WINDOWS = [
  { days: 1 / 3 },
  { days: 1 / 9 },
  { halfLifeDays: 1 / 6 },
] as const satisfies readonly TrainingPolicy[];
/** Standard errors by which forgetting has to help: where nothing changes, all rows are better. */
const CLEARLY = 1;
const LEAST_WINDOW = 500;

interface WindowedFolds {
  readonly training: TrainingPolicy;
  readonly folds: readonly Fold[];
}

/** The window with which the best model does clearly better; `null`: none does, or nobody may choose one. */
async function windowOf(
  request: SearchRequest,
  folds: readonly Fold[],
  trials: readonly Trial[],
): Promise<WindowedFolds | null> {
  const [{ train, validation }, ...others] = folds as readonly [Fold, ...Fold[]];
  const { times } = train;
  if (times === undefined || others.length > 0 || request.settings.training !== undefined) return null;
  const [whole] = best(trials, 1);
  let found: (WindowedFolds & { readonly loss: number }) | null = null;
  for (const training of windowsOf(times)) {
    const part = { train: windowed(train, times, training), validation };
    if (part.train.target.length < LEAST_WINDOW) continue;
    const trial = await tryOut(request, [part], whole!.settings);
    if (trial === null || clearlyBelow(whole!.losses, trial.losses, validation.weights) < CLEARLY) continue;
    if (found === null || trial.loss < found.loss) found = { training, folds: [part], loss: trial.loss };
  }
  return found;
}

/** Whole days. */
function windowsOf(times: Float64Array): TrainingPolicy[] {
  const days = (times.at(-1)! - times[0]!) / DAY;
  const all = WINDOWS.map((window) =>
    Object.fromEntries(Object.entries(window).map(([key, part]) => [key, Math.round(part * days)])),
  );
  return all.filter((window) => Object.values(window).every((value) => value >= 1));
}

function windowed(rows: LabelledRows, times: Float64Array, training: TrainingPolicy): LabelledRows {
  const all = Uint32Array.from(times, (_, row) => row);
  const { rows: kept, decay } = trainingWindow(all, times, training);
  const picked = rowsByPlace(rows, kept);
  if (decay === null) return picked;
  const { weights } = picked;
  return { ...picked, weights: weights === undefined ? decay : decay.map((each, row) => each * weights[row]!) };
}
