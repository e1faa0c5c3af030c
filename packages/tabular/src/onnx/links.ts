import type { Task } from "@refit/core/spec";
import { SCORE_LIMIT } from "../link.ts";
import { exp } from "./elementary.ts";
import type { Graph, GraphValue } from "./graph.ts";

/** As `applyLink`. @param scores [N, outputs]. */
export function fromScores(g: Graph, task: Task, scores: GraphValue, outputs: number): GraphValue {
  if (task === "regression") return scores;
  if (task === "binary") {
    const odds = exp(g, g.sub(0, g.clip(scores, -SCORE_LIMIT, SCORE_LIMIT)), SCORE_LIMIT);
    // ONNX Runtime makes b / a of (1 / a) · b, which rounds otherwise; not where something lies between.
    return g.max(g.div(1, g.add(1, odds)), 0);
  }
  const columns = g.columns(scores, outputs);
  const highest = columns.reduce((most, column) => g.max(most, column));
  const weights = exp(g, g.max(g.sub(scores, highest), -2 * SCORE_LIMIT), 2 * SCORE_LIMIT);
  return g.div(weights, g.sum(g.columns(weights, outputs)));
}

/** e^score. @param limit that no score goes beyond. */
export function fromLog(g: Graph, scores: GraphValue, limit: number): GraphValue {
  return exp(g, g.clip(scores, -limit, limit), limit);
}
