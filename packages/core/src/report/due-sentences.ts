import type { DueNext, DueTrigger, DueWait } from "../decide/due-next.ts";
import { day, heldBackSentence } from "./sentences.ts";

/** What starts the next retrain of a model, and what it waits for: a line each. */
export function dueSentences({ triggers, waits }: DueNext): string[] {
  const known = triggers.flatMap((trigger) => knownSentence(trigger) ?? []);
  const found = triggers.flatMap((trigger) => measuredSentence(trigger) ?? []);
  const measured = `when a run finds that ${found.join(", or that ")}`;
  const others = found.length === 0 ? "when the settings change, or with --force" : measured;
  return [
    `next retrain: ${known.length === 0 ? others : known.join(", or ")}`,
    ...(known.length === 0 || found.length === 0 ? [] : [`or ${measured}`]),
    ...waits.map((wait) => `waiting: ${waitSentence(wait)}`),
  ];
}

/** `null`: only a run can measure it. */
function knownSentence(trigger: DueTrigger): string | null {
  switch (trigger.kind) {
    case "no-champion":
      return "now, a first model";
    case "settings":
      return "now, because the settings of the training or a learner changed";
    case "policy":
      return "now, because the gates, guardrails or accepted findings changed since a model with the same inputs failed";
    case "new-rows":
      return newRowsSentence(trigger);
    case "age":
      return trigger.fired ? `now, by age (due on ${day(trigger.at)})` : `on ${day(trigger.at)} by age`;
    case "performance":
    case "drift":
      return null;
  }
}

function newRowsSentence({ fired, newRows, minNewRows }: Extract<DueTrigger, { kind: "new-rows" }>): string {
  if (newRows === null) return `at ${minNewRows} new rows (data came that the next run counts)`;
  return `${fired === true ? "now, " : ""}at ${minNewRows} new rows (${newRows} so far)`;
}

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
  const classes =
    perClass === null ? "" : `; a run counts whether ${perClass} of them are of the second most frequent class, too`;
  const needed = `rows (holdout.minRows) that are needed to judge a newer model`;
  if (rows === null) return `${minRows} ${needed} must have arrived since the champion was trained${classes}`;
  const verb = rows < minRows ? "not yet: " : "";
  return `${verb}${rows} of the ${minRows} ${needed} have arrived since the champion was trained${classes}`;
}
