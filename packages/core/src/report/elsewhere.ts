import type { Comparison, DeclaredModel } from "../judge/comparison.ts";
import { say, type Text } from "./text.ts";

type JudgedElsewhere = Pick<Comparison, "elsewhere" | "holdout">;

/** What was declared of models that were trained elsewhere, as clauses: nobody can check it, so it stands beside the verdict. */
export function elsewhereClauses({ elsewhere, holdout }: JudgedElsewhere): Text[] {
  const { challenger = null, champion = null } = elsewhere ?? {};
  return [
    ...(challenger === null ? [] : [challengerClause(challenger)]),
    ...(champion === null ? [] : [championClause(champion, holdout.rows)]),
    ...unansweredClauses("it", challenger),
    ...unansweredClauses("the champion", champion),
  ];
}

/** `180 unseen rows`, as far as that is known of every model. */
export function scoredRows({ elsewhere, holdout }: JudgedElsewhere): string {
  if ((elsewhere?.challenger?.maySeen ?? 0) > 0) return `${holdout.rows} rows`;
  if ((elsewhere?.champion?.maySeen ?? 0) > 0) return `${holdout.rows} rows that the challenger has not seen`;
  return `${holdout.rows} unseen rows`;
}

function unansweredClauses(who: string, model: DeclaredModel | null): Text[] {
  const rows = model?.unanswered ?? 0;
  if (rows === 0) return [];
  const left = rows === 1 ? "1 row of the holdout, which was" : `${rows} rows of the holdout, which were`;
  return [say`${who} has no prediction for ${left} left out`];
}

const until = (trainedUntil: string) => trainedUntil.slice(0, 10);

/** Nobody here has seen what it learned from. */
const declaredClause = (trainedUntil: string) =>
  `that it has learned from no row after ${until(trainedUntil)} is declared, not measured`;

/** How far a version has learned, ISO 8601, and whether a person has said so of a model that was trained elsewhere. */
export interface Learned {
  /** `null`: it has no `time`, or nobody has said it. */
  readonly until: string | null;
  readonly isDeclared: boolean;
}

/** `learned until 2026-06-01`, and the mark of what is declared; `null`: nothing is known, and nothing was declared. */
export function learnedWords({ until: trainedUntil, isDeclared }: Learned): string | null {
  if (trainedUntil !== null) return `learned until ${until(trainedUntil)}${isDeclared ? " (declared)" : ""}`;
  return isDeclared ? "trained elsewhere, nobody has said until when" : null;
}

function challengerClause({ trainedUntil, maySeen }: DeclaredModel): Text {
  if (trainedUntil === null)
    return say`it was trained elsewhere, and nobody has said until when, so it may have seen all of these rows: its numbers may be too good`;
  const declared = declaredClause(trainedUntil);
  if (maySeen > 0)
    return say`it was trained elsewhere and may have seen ${maySeen} of these rows, so its numbers may be too good; ${declared}`;
  return say`it was trained elsewhere: ${declared}`;
}

function championClause({ trainedUntil, maySeen }: DeclaredModel, rows: number): Text {
  if (trainedUntil === null)
    return say`the champion may have seen these ${rows} rows, which favours it: it was trained elsewhere, and nobody has said until when`;
  const declared = declaredClause(trainedUntil);
  if (maySeen > 0)
    return say`the champion may have seen ${maySeen} of these ${rows} rows, which favours it: it was trained elsewhere; ${declared}`;
  return say`the champion was trained elsewhere: ${declared}`;
}
