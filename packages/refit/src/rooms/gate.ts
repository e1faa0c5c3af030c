import { judge, type Verdict } from "@refit/core/judge";
import type { Evaluation } from "../products/evaluation.ts";
import type { Context } from "../products/context.ts";

/** Room 8: the bar is the base branch's, whatever the proposal holds. */
export function gate(context: Context, evaluation: Evaluation): Verdict {
  return judge(evaluation, context.spec.gates, context.spec);
}
