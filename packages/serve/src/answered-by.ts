import type { IgnoredColumns, RowAnswer, VersionName } from "@refit/runtime";
import type { RowArms } from "./row-arms.ts";
import type { VersionAnswers } from "./version-answers.ts";
import type { TwoAnswers } from "./two-versions.ts";

/** Answers to the rows of a request, in their order. */
export interface RequestAnswers extends VersionName {
  /** `null`: `prepare` leaves the row out. */
  readonly answers: readonly (RowAnswer | null)[];
  readonly ignored: IgnoredColumns;
  /** Left out: no second version was asked. */
  readonly by?: AnsweredBy;
}

/** Whose answers they are, where two versions stand side by side. */
export interface AnsweredBy {
  /** `both`: some rows have the answer of the one, some that of the other; then the version that is named is the champion. */
  readonly arm: "champion" | "canary" | "both";
  /** Whether the same keys get the same version the next time. */
  readonly sticky: boolean;
  /** The rows with an answer of the canary, from 0. */
  readonly canary: { readonly treeId: string; readonly rows: readonly number[] };
}

/** The answers of one version. */
export function answersBy({ version, bySent, ignored }: VersionAnswers): RequestAnswers {
  const { model, version: called, treeId } = version;
  return { model, version: called, treeId, answers: bySent, ignored };
}

/** The answers of two, each row by its own. */
export function answersByBoth({ champion, canary }: TwoAnswers, arms: RowArms, treeId: string): RequestAnswers {
  const by = (arm: AnsweredBy["arm"], rows: readonly number[]): { readonly by: AnsweredBy } => ({
    by: { arm, sticky: arms.isSticky, canary: { treeId, rows } },
  });
  if (canary === null) return { ...answersBy(champion!), ...by("champion", []) };
  if (champion === null) return { ...answersBy(canary), ...by("canary", [...canary.bySent.keys()]) };
  const rows = arms.isCanary!.flatMap((is, row) => (is ? [row] : []));
  const answers = [...champion.bySent];
  for (const row of rows) answers[row] = canary.bySent[row]!;
  return { ...answersBy(champion), answers, ...by("both", rows) };
}

/** What protocols without a place for it say in headers. */
export function armHeaders({ treeId, by }: Pick<RequestAnswers, "treeId" | "by">): Readonly<Record<string, string>> {
  if (by === undefined) return {};
  const { arm, sticky, canary } = by;
  return {
    "x-refit-arm": arm,
    "x-refit-version": arm === "both" ? `${treeId}, ${canary.treeId}` : treeId,
    "x-refit-sticky": String(sticky),
  };
}
