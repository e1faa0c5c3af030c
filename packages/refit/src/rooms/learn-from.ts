import { trainingWindow } from "@refit/core/data";
import { pickRows } from "@refit/core/judge";
import type { CandidateSettings } from "@refit/core/runtime";
import type { Part, Prepared, Transform } from "../products/prepared.ts";

type Windowed = Pick<CandidateSettings, "training">;

/** The rows among these that a candidate learns from. */
export function rowsToLearn(
  { times }: Pick<Prepared, "times">,
  { training }: Windowed,
  rows: Uint32Array,
): Uint32Array {
  return training === undefined || times === null ? rows : trainingWindow(rows, times, training).rows;
}

/** The same, each weighing as much as it shall count. */
export async function learnFrom(
  { part }: Pick<Transform, "part">,
  { times }: Pick<Prepared, "times">,
  { training }: Windowed,
  rows: Uint32Array,
): Promise<Part> {
  if (times === null) return part(rows);
  const window = training === undefined ? { rows, decay: null } : trainingWindow(rows, times, training);
  const kept = { ...(await part(window.rows)), times: pickRows(times, window.rows) };
  const { decay } = window;
  if (decay === null) return kept;
  const { weights } = kept;
  return { ...kept, weights: weights === undefined ? decay : decay.map((each, i) => each * weights[i]!) };
}
