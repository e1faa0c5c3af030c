import { holm } from "../statistics/multiplicity/adjust-p.ts";
import { chiSquaredHomogeneity } from "../statistics/two-sample/chi-squared-homogeneity.ts";
import type { ArrivalSums } from "./arrivals.ts";
import type { Histogram } from "./histogram.ts";
import { dayAge, type ArrivalDay, type LabelDelays } from "./learn-delays.ts";
import type { Task } from "../spec/model-spec.ts";

/**
 * Why a day does not count: `delays-unknown`: nobody knows yet how long labels take; `early`: fewer than 95 % of its labels should be here;
 * `selective`: whether a row has a label depends on what was answered.
 */
export type Immaturity = "delays-unknown" | "early" | "selective";

export interface DayMaturity {
  readonly day: string;
  /** Of the labels that will come, the share that should be here, of the slowest group; `null`: not known. */
  readonly expectedShare: number | null;
  readonly immature: Immaturity | null;
}

export interface Maturity {
  readonly days: readonly DayMaturity[];
  /** Labels come or not by what was answered, over all days that are old enough: none of them counts. */
  readonly isSelective: boolean;
}

/** Chance that labels which come to all answers alike are called selective, over all days of one look. */
const alpha = 0.01;
/** Shares that differ by less, as a standard deviation over the rows, shift no metric by much. */
const harmlessSpread = 0.02;
/** Answers are counted with their neighbours until this many rows with a label, and this many without, are to be expected of them. */
const leastExpected = 5;

/**
 * Which days of a version count: those that are old enough that 95 % of the labels of each class should be here, unless whether a row has
 * a label depends on the answer. That is tested for all old days together and for each by itself (chi-squared test of homogeneity; Holm over
 * the tests), and has to be large enough to matter: a few labels that are still on their way make no difference.
 *
 * @param days of one version, in any order.
 */
export function matureDays(days: readonly ArrivalDay[], delays: LabelDelays, until: number, task: Task): Maturity {
  const old = days.filter(({ day }) => delays.matureAfter !== null && dayAge(day, until) >= delays.matureAfter);
  const tests = [old.map(({ arrivals }) => arrivals), ...old.map(({ arrivals }) => [arrivals])].map((group) =>
    selection(group, task),
  );
  const adjusted = holm(tests.map(({ p }) => p));
  const [isSelective = false, ...selective] = tests.map(
    ({ spread }, test) => (adjusted[test] ?? 1) <= alpha && spread > harmlessSpread,
  );
  const stateOf = (day: ArrivalDay): Immaturity | null => {
    if (delays.matureAfter === null) return "delays-unknown";
    const place = old.indexOf(day);
    if (place < 0) return "early";
    return isSelective || selective[place] ? "selective" : null;
  };
  const expectedOf = ({ day }: ArrivalDay) =>
    delays.matureAfter === null ? null : expectedShare(delays, dayAge(day, until));
  return {
    days: days.map((day) => ({ day: day.day, expectedShare: expectedOf(day), immature: stateOf(day) })),
    isSelective,
  };
}

function expectedShare({ groups }: LabelDelays, age: number): number {
  return Math.min(...groups.map(({ within }) => (age <= 0 ? 0 : (within[Math.min(age, within.length) - 1] ?? 1))));
}

/** Whether the share of answers that have a label differs between answers, and by how much (standard deviation over the rows). */
function selection(days: readonly ArrivalSums[], task: Task): { readonly p: number | null; readonly spread: number } {
  const table = pooled(days, task);
  if (table.length < 2) return { p: null, spread: 0 };
  const test = chiSquaredHomogeneity(table.map(({ answered, labelled }) => [labelled, answered - labelled]));
  const rows = table.reduce((sum, { answered }) => sum + answered, 0);
  const share = table.reduce((sum, { labelled }) => sum + labelled, 0) / rows;
  const square = (x: number) => x * x;
  const variance =
    table.reduce((sum, cell) => sum + cell.answered * square(cell.labelled / cell.answered - share), 0) / rows;
  return { p: test?.p ?? null, spread: Math.sqrt(variance) };
}

interface AnswerCell {
  readonly answered: number;
  readonly labelled: number;
}

/** Like answers together, in cells with enough rows. Answers of several classes are kept by class. */
function pooled(days: readonly ArrivalSums[], task: Task): AnswerCell[] {
  const coarse = (bin: number) => (task === "multiclass" ? bin : bin >> 5);
  const rowsBy = (pick: (day: ArrivalSums) => Histogram) => {
    const rows = new Map<number, number>();
    for (const day of days) for (const [bin, n] of pick(day)) rows.set(coarse(bin), (rows.get(coarse(bin)) ?? 0) + n);
    return rows;
  };
  const [answered, labelled] = [rowsBy((day) => day.answered), rowsBy((day) => day.labelled)];
  const share = total(labelled) / total(answered);
  const enough = leastExpected / Math.min(share, 1 - share);
  const cells: { answered: number; labelled: number }[] = [];
  for (const bin of [...answered.keys()].sort((a, b) => a - b)) {
    const last = cells.at(-1);
    const cell = { answered: answered.get(bin)!, labelled: labelled.get(bin) ?? 0 };
    if (last === undefined || last.answered >= enough) cells.push(cell);
    else add(last, cell);
  }
  const last = cells.at(-1);
  if (cells.length > 1 && last!.answered < enough) add(cells.at(-2)!, cells.pop()!);
  return cells;
}

function add(cell: { answered: number; labelled: number }, more: AnswerCell): void {
  cell.answered += more.answered;
  cell.labelled += more.labelled;
}

function total(rows: ReadonlyMap<number, number>): number {
  return [...rows.values()].reduce((sum, n) => sum + n, 0);
}
