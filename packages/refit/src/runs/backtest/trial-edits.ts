import type { PolicyTrial } from "@refit/core/backtest";
import { canonicalJson, type Json } from "@refit/core/history";
import type { ModelSpec } from "@refit/core/spec";
import type { TextEdit } from "../../specs/edit-in-text.ts";

type TriedSpec = Pick<ModelSpec, "candidates" | "retrain" | "training">;

/** What a trial changes in the text of a `model.yaml`. */
export function editsOf(trial: PolicyTrial, spec: TriedSpec): TextEdit[] {
  const { trainingDays, holdoutDays, maxAgeDays, minNewRows } = trial;
  const edits: TextEdit[] = [];
  if (maxAgeDays !== undefined) edits.push({ path: ["retrain", "maxAgeDays"], value: maxAgeDays });
  const dropsRows = minNewRows === null && spec.retrain.minNewRows !== undefined;
  if (dropsRows || (minNewRows !== undefined && minNewRows !== null))
    edits.push({ path: ["retrain", "minNewRows"], value: minNewRows });
  if (holdoutDays !== undefined) edits.push({ path: ["holdout", "days"], value: holdoutDays });
  return trainingDays === undefined ? edits : [...edits, ...windowEdits(trainingDays, spec)];
}

/** One window for all: those of the candidates go, and candidates that differed by nothing else. Half-lives of all stay. */
function windowEdits(days: number | null, { candidates, training }: TriedSpec): TextEdit[] {
  const kinds = candidates.map((candidate) =>
    canonicalJson({ ...(candidate as Record<string, Json>), training: null }),
  );
  const own = candidates.flatMap((candidate, i): TextEdit[] => {
    if (kinds.indexOf(kinds[i]!) < i) return [{ path: ["candidates", i], value: null }];
    return candidate.training === undefined ? [] : [{ path: ["candidates", i, "training"], value: null }];
  });
  return [...own.toReversed(), ...sharedWindow(days, training)];
}

function sharedWindow(days: number | null, training: TriedSpec["training"]): TextEdit[] {
  if (days === null && training !== undefined && training.halfLifeDays === undefined)
    return [{ path: ["training"], value: null }];
  const rows: TextEdit[] = training?.rows === undefined ? [] : [{ path: ["training", "rows"], value: null }];
  if (days !== null) return [{ path: ["training", "days"], value: days }, ...rows];
  return training?.days === undefined ? rows : [{ path: ["training", "days"], value: null }];
}
