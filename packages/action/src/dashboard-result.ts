import type { DashboardRun } from "refit/json";
import { cell } from "@refit/core/report";
import { nothing, piece, type Result } from "./result.ts";

/** What the dashboard was asked for, or how it is now. A job that takes one thing alone is told of the other. */
export function dashboardResult(json: unknown): Result {
  const run = json as DashboardRun | { readonly text: string };
  if ("text" in run)
    return {
      ...nothing,
      decision: "shown",
      lines: ["dashboard: a dry run, which writes nothing"],
      summary: [piece(run.text)],
    };
  const { url, operation, boxes } = run;
  if (boxes === null) {
    const line = url === null ? "There is no dashboard." : `dashboard: ${operation}, ${url}`;
    return { ...nothing, decision: "shown", lines: [line] };
  }
  if (!boxes.asked) return { ...nothing, decision: "shown", lines: [boxes.because] };
  const { models, due, by } = boxes;
  const what = [...models, ...(due ? ["every model that is due"] : [])].join(", ");
  return {
    ...nothing,
    decision: "asked",
    models,
    asked: { models, due, reason: `asked for in the dashboard by ${by}` },
    lines: [`asked for by ${by}: ${what}`],
    summary: [piece(`Asked for in the dashboard by ${cell(by)}: ${cell(what)}.`)],
  };
}
