import type { DueNext, DueTrigger, DueWait } from "../decide/due-next.ts";
import { counted } from "./number-text.ts";
import { day, heldBackSentence } from "./sentences.ts";

/** What starts the next retrain of a model, and what it waits for: a line each. */
export function dueSentences({ triggers, waits }: DueNext): string[] {
  const fired = triggers.flatMap((trigger) => firedSentence(trigger) ?? []);
  const when = waits.length > 0 ? "due" : "now";
  const start =
    fired.length > 0 ? [`next retrain: ${when}, because ${fired.join(", and ")}`] : comingSentences(triggers);
  return [...start, ...waits.map((wait) => `waiting: ${waitSentence(wait)}`)];
}

/** `null`: it has not fired, as far as is known. */
function firedSentence(trigger: DueTrigger): string | null {
  if (trigger.fired !== true) return null;
  switch (trigger.kind) {
    case "no-champion":
      return "there is no champion yet";
    case "unfinished":
      return "a run was cut short before its proposal was shown";
    case "imported":
      return "the champion was imported, and no candidate has been compared with it";
    case "settings":
      return "the settings of the training or a learner changed";
    case "policy":
      return "the gates, guardrails or accepted findings changed since a model with the same inputs failed";
    case "new-rows":
      return `${trigger.newRows} new rows arrived (minNewRows: ${trigger.minNewRows})`;
    case "age":
      return `the maximum age was reached on ${day(trigger.at)}`;
  }
}

function comingSentences(triggers: readonly DueTrigger[]): string[] {
  const known = triggers.flatMap((trigger) => comingSentence(trigger) ?? []);
  const found = triggers.flatMap((trigger) => measuredSentence(trigger) ?? []);
  const measured = `when a run finds that ${found.join(", or that ")}`;
  const others = found.length === 0 ? "when the settings change, or with --force" : measured;
  if (known.length === 0) return [`next retrain: ${others}`];
  return [`next retrain: ${known.join(", or ")}`, ...(found.length === 0 ? [] : [`or ${measured}`])];
}

function comingSentence(trigger: DueTrigger): string | null {
  if (trigger.kind === "age") return `on ${day(trigger.at)} by age`;
  if (trigger.kind !== "new-rows") return null;
  const { newRows, minNewRows } = trigger;
  return `at ${minNewRows} new rows (${newRows === null ? "new data came; the next run counts them" : `${newRows} so far`})`;
}

/** What only a run can find. */
function measuredSentence(trigger: DueTrigger): string | null {
  if (trigger.kind === "performance")
    return `${trigger.metric} on newer rows is worse by more than ${trigger.performanceMargin}`;
  if (trigger.kind === "drift")
    return `the data have drifted in two of the last three snapshots (${trigger.seen} so far)`;
  return null;
}

function waitSentence(wait: DueWait): string {
  return wait.kind === "few-rows" ? unseenSentence(wait) : heldBackSentence(wait);
}

function unseenSentence({ rows, minRows, perClass }: Extract<DueWait, { kind: "few-rows" }>): string {
  const needed = `at least ${counted(minRows, "row")} (holdout.minRows) that arrived since the champion was trained`;
  const classes =
    perClass === null
      ? ""
      : `; at least ${perClass} of them in the second most frequent class, which only a run can count`;
  const soFar = rows === null ? "" : ` (${rows} so far)`;
  return `a newer model is judged on ${needed}${soFar}${classes}`;
}
