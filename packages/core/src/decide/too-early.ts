import { LEAST_PER_CLASS, shortOfClass } from "../judge/class-rows.ts";
import { isRefresh } from "./is-refresh.ts";
import type { HeldBack, Reason } from "./reason.ts";

/** The labelled rows that are newer than all that the champion has learned from. */
export interface NewerRows {
  readonly rows: number;
  readonly minRows: number;
  /** Rows of each class; `null`: the target is a number. */
  readonly classRows: readonly number[] | null;
  /** The holdout is full, so that it moves on with each row and does not grow any more. */
  readonly full: boolean;
}

/**
 * Whether a refresh that is due has to wait for rows that can judge it, since a training would end without a decision. Only
 * where waiting helps: a holdout that is full holds no more of a rare class tomorrow, and then a person decides.
 *
 * @param reasons why a retrain is due. What a person asked for, other settings and a champion that moved do not wait.
 * @returns what to wait for; `null`: nothing.
 */
export function tooEarly(reasons: readonly Reason[], newer: NewerRows): HeldBack | null {
  const { rows, minRows, classRows, full } = newer;
  if (!isRefresh(reasons)) return null;
  if (rows < minRows) return { kind: "few-rows", rows, minRows };
  const ofClass = full ? null : shortOfClass(classRows);
  return ofClass === null ? null : { kind: "few-of-class", rows: ofClass, minRows: LEAST_PER_CLASS };
}
