// What training calls. AssemblyScript: TypeScript's grammar with the types of WebAssembly; `npm run build` compiles it.
import { isWhole, Limit, limitAt, setWord, Word, word } from "./control";
import { share, Task, together } from "./team";

export { binNumbers } from "./bins";
export { arrange, describeColumn, limitSplits, openHistograms } from "./arrange";
export * from "./places";
export { findSplit } from "./splits";
export { closeTeam, dismiss, fail, help } from "./team";

/** Keep what the derivatives of a round of several outputs have in common. */
export function beginRound(): void {
  together(Task.Normalise);
}

/** Fill in the derivatives of all training rows by their score of an output. @param loss, shape see `derive.ts`. */
export function derive(loss: u32, shape: f64, output: u32): void {
  setWord(Word.Loss, loss);
  store<f64>(limitAt(Limit.LossShape), shape);
  setWord(Word.Output, output);
  together(Task.Derive);
}

/** Begin a tree on the rows whose numbers the order holds, or on all. */
export function begin(drawnRows: u32, units: u32): void {
  setWord(Word.DrawnRows, drawnRows);
  setWord(Word.UnitCount, units);
}

/**
 * Count the drawn rows, leave the sums of their gradients and hessians in `totals`, and find splits of the root.
 *
 * @param into address of a histogram; its content is lost.
 */
export function countRoot(into: u32): void {
  const drawnRows = word(Word.DrawnRows);
  setWord(Word.From, 0);
  setWord(Word.To, drawnRows);
  setWord(Word.Into, into);
  setWord(Word.Minus, 0);
  setWord(Word.Searched, 1);
  share(isWhole(drawnRows) ? Task.Number : Task.Gather, drawnRows);
  together(Task.CountRoot);
  together(Task.SearchRoot);
}

/** Divide the leaf of these places by a column and the routes of a split. */
export function divide(from: u32, to: u32, column: u32, split: u32): void {
  setWord(Word.From, from);
  setWord(Word.To, to);
  setWord(Word.Column, column);
  setWord(Word.Split, split);
  share(Task.Divide, to - from);
  share(Task.Place, to - from);
}

/** Sums over the rows of the leaf that is counted (0), or of the other child (1), and between what its value must lie. */
export function total(which: u32, gradient: f64, hessian: f64, rows: f64, lower: f64, upper: f64): void {
  const at = limitAt(which == 0 ? Limit.Counted : Limit.Other);
  store<f64>(at, gradient);
  store<f64>(at, hessian, 8);
  store<f64>(at, rows, 16);
  store<f64>(at, lower, 24);
  store<f64>(at, upper, 32);
}

/**
 * Count the leaf of these places.
 *
 * @param into address of a histogram; its content is lost.
 * @param minus address of the parent's histogram, which becomes that of the other child; 0: there is none.
 * @param searched 1: find splits of this leaf; 2: of the other child; 3: of both; 0: of none.
 */
export function count(from: u32, to: u32, into: u32, minus: u32, searched: u32): void {
  setWord(Word.From, from);
  setWord(Word.To, to);
  setWord(Word.Into, into);
  setWord(Word.Minus, minus);
  setWord(Word.Searched, searched);
  share(Task.Gather, to - from);
  together(Task.Count);
}

/**
 * Put into the values of the new tree's leaves what is left of the target there: of each leaf's drawn rows a quantile of target − score.
 *
 * @param leaves whose rows stand in `leafRows`.
 * @param huber 0, or the shape of the loss: what Huber's adds to the quantile; see `renew.ts`.
 */
export function renew(leaves: u32, quantile: f64, huber: f64): void {
  setWord(Word.LeafCount, leaves);
  store<f64>(limitAt(Limit.LossShape), huber);
  store<f64>(limitAt(Limit.Quantile), quantile);
  together(Task.Renew);
}

/** Add the new tree to the scores of an output, of the training rows and of the further rows. */
export function addTree(output: u32, splits: u32, leaves: u32): void {
  setWord(Word.Output, output);
  setWord(Word.SplitCount, splits);
  setWord(Word.LeafCount, leaves);
  together(Task.AddToTrained);
  together(Task.AddToFurther);
}
