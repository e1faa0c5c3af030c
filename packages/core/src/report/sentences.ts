import type { Told } from "../answers/told.ts";
import type { Finding } from "../data/finding.ts";
import type { SettingChange } from "../digest/changed-settings.ts";
import type { HeldBack, Reason } from "../decide/reason.ts";
import type { GateRow, VerdictReason } from "../judge/verdict.ts";
import type { MetricRow, TestResult } from "../judge/comparison.ts";
import type { GuardRow } from "../judge/guards.ts";
import { sliceName } from "../spec/slice-name.ts";
import { formatNumber } from "./format-number.ts";
import { counted, firstFew, signed } from "./number-text.ts";
import { data, sentenceOf, joinTexts, say, type Text } from "./text.ts";

export function reasonSentence(reason: Reason | Told<Reason>): Text {
  switch (reason.kind) {
    case "no-champion":
      return say`there is no champion yet`;
    case "imported":
      return say`the champion was imported, and no candidate has been compared with it`;
    case "settings":
      return say`the settings of the training changed${settingsWords(reason.changed)}`;
    case "policy":
      return say`the gates, guardrails or accepted findings changed since a model with the same inputs failed`;
    case "new-rows":
      return reason.assumed === true
        ? say`${reason.newRows} rows are assumed to be new (it is not known which; minNewRows: ${reason.minNewRows})`
        : say`${reason.newRows} new rows arrived (minNewRows: ${reason.minNewRows})`;
    case "age":
      return say`the last judged model is ${Math.floor(reason.ageDays)} days old (maxAgeDays: ${reason.maxAgeDays})`;
    case "drift":
      return say`${data(reason.feature)} has drifted (PSI ${formatNumber(reason.psi)})`;
    case "drift-classifier":
      return say`a classifier can tell the new rows from the champion's by ${joinTexts(
        reason.features.map((name) => [data(name)]),
        ", ",
      )} (AUC ${formatNumber(reason.auc)})`;
    case "performance":
      return say`${reason.metric} on newer rows is ${formatNumber(reason.now)}, and was ${formatNumber(reason.before)} on the champion's holdout (performanceMargin: ${reason.performanceMargin})`;
    case "champion-moved":
      return say`the champion changed since the open proposal was judged`;
    case "group":
      return say`models of the proposal group ${reason.group} move together, and ${reason.due} is due`;
    case "forced":
      return say`a person asked for it: ${data(reason.words)}${despiteWords(reason.despite)}`;
  }
}

function despiteWords(despite: Extract<Reason | Told<Reason>, { kind: "forced" }>["despite"]): string {
  return despite === undefined ? "" : `, although ${refusals[despite.by]} on ${day(despite.at)}`;
}

const mostChanges = 5;
/** Longer values are lists and SQL, which are read better in the files. */
const longestValue = 40;

function settingsWords(changes: readonly SettingChange[] | undefined): Text {
  if (changes === undefined) return [];
  if (changes.length === 0) return say`: a learner has a new version of its algorithm`;
  return say`: ${changeTexts(changes)}`;
}

/** Each setting with its values, such as `holdout.days` 180 → 90. */
export function changeTexts(changes: readonly SettingChange[]): Text {
  const { few, more } = firstFew(changes, mostChanges);
  return joinTexts([...few.map(changeText), ...(more > 0 ? [say`and ${more} more`] : [])], ", ");
}

/** The expression of a metric of the model's own: with it the metric is another one by the same name. */
const ownExpression = /^metrics\.own\.(.+)\.row$/;

function changeText({ setting, from, to }: SettingChange): Text {
  const own = ownExpression.exec(setting)?.[1];
  if (own !== undefined) {
    const what = from === null ? "is new" : to === null ? "is gone" : "is changed";
    return say`the metric ${data(own)} ${what}`;
  }
  const [was, is] = [from ?? "not set", to ?? "not set"];
  const values = Math.max(was.length, is.length) > longestValue ? [] : say` ${data(was)} → ${data(is)}`;
  return say`${data(setting)}${values}`;
}

export function heldBackSentence(heldBack: HeldBack | Told<HeldBack>): string {
  switch (heldBack.kind) {
    case "unchanged":
      return "nothing has changed since the champion was trained";
    case "nothing-due":
      return "no retrain is needed: no trigger fired";
    case "proposal-open":
      return "a proposal with the same inputs is already open; review it";
    case "held-by-person":
      return "the open proposal is under review (approved, or with a commit that is not refit's); newer data wait";
    case "canary-runs":
      return canaryRunsSentence(heldBack);
    case "branch-held":
      return `a retrain is due, but the branch ${heldBack.branch} has a commit that refit did not make and that was not merged, so it was left alone; move that commit elsewhere and delete the branch`;
    case "refused":
      return `${refusals[heldBack.by]} on ${day(heldBack.at)}; the inputs${heldBack.by === "rejected" ? ", or the gates," : ""} must change before another attempt (or use --force "reason")`;
    case "drift-unconfirmed":
      return "the data have drifted for the first time; a retrain needs drift in two of the last three snapshots";
    case "drift-known":
      return "the data have drifted, but they had drifted as far when the last candidate was compared with this champion";
    case "few-rows":
      return `not yet: ${heldBack.rows} of the ${heldBack.minRows} rows (holdout.minRows) that are needed to judge a newer model have arrived since the champion was trained`;
    case "few-of-class":
      return `not yet: ${heldBack.rows} of the ${heldBack.minRows} rows of the second most frequent class that are needed to judge a newer model have arrived since the champion was trained`;
    case "cooldown":
      return `cool-down until ${minute(heldBack.until)} (or use --force "reason")`;
    case "backoff":
      return `${heldBack.fruitless} candidate${heldBack.fruitless === 1 ? " was" : "s in a row were"} not good enough; no new attempt until ${minute(heldBack.until)} (or use --force "reason")`;
    case "budget":
      return `the ${heldBack.per === "day" ? "daily budget (maxPerDay)" : "weekly budget (maxPerWeek)"} is used up until ${minute(heldBack.until)} (or use --force "reason")`;
    case "handed-over":
      return `${handOvers[heldBack.why]}; the next run trains again`;
    case "group-held":
      return `models of the proposal group ${heldBack.group} move together, and ${heldBack.by} ${groupHolds[heldBack.why]}, so none of them is proposed`;
  }
}

function canaryRunsSentence({
  percent,
  since,
  championMoved,
}: Extract<HeldBack | Told<HeldBack>, { kind: "canary-runs" }>): string {
  const moved = championMoved
    ? ", and the champion has changed since, so nothing follows from a comparison: its stop is proposed"
    : "";
  return `a canary has been running since ${day(since)} (${percent === null ? "rollout.yaml cannot be read" : `${percent} % of the requests`})${moved}; no other version is proposed until it is promoted or stopped (or use --force "reason")`;
}

const groupHolds = {
  blocked: "is blocked",
  failed: "could not be judged",
  "held-back": "is held back itself",
  rejected: "was rejected",
} as const;

const handOvers = {
  none: "a retrain is due now, but it was not when the training job ran, so there is no candidate",
  "other-inputs":
    "the data or the settings changed after the training job, so its candidate was trained on other inputs",
  "other-champion": "the champion changed after the training job, so its candidate was compared with another one",
  "no-folder": "a retrain is due, but no job has handed over a candidate of it",
  "other-plan": "the data, the settings or the champion changed after the jobs were planned",
} as const;

const refusals = {
  declined: "a person declined a model with the same inputs",
  rejected: "a gate rejected a model with the same inputs",
  rolledBack: "the model with the same inputs was rolled back",
  stopped: "the model with the same inputs was stopped as a canary",
} as const;

/** After a finding's message: why it is accepted, and who said so; nothing where it is not. */
export function acceptedWords({ accepted }: Finding | Told<Finding>): Text {
  if (accepted === undefined) return [];
  const { reason, by } = accepted;
  const who = by === null ? "not committed yet" : say`${data(by.author)}, ${day(by.at)}, ${by.commit.slice(0, 10)}`;
  return say` Accepted: ${data(reason)} (${who}).`;
}

export function verdictReasonSentence(reason: VerdictReason): Text {
  switch (reason.kind) {
    case "no-gate":
      return say`there is no gate, so nothing can be promoted`;
    case "finding":
      return say`${reason.code}: ${sentenceOf(reason.message)}`;
    case "undefined-metric":
      return say`${reason.metric} cannot be computed on the holdout: it has too few rows, or only one class. Add rows, or hold out more of them`;
    case "missing-slice":
      return say`the declared column ${data(reason.column)} has no value in the holdout`;
    case "gate-failed":
      return say`${gateSentence(reason.row)}: failed`;
    case "guard-failed":
      return say`${guardSentence(reason.row)}: failed`;
    case "small-groups":
      return say`fewer than two groups of ${data(reason.column)} are large enough to be judged, so a person has to decide`;
    case "small-slices":
      return say`no value of ${data(reason.column)} has enough rows to be judged (100, and 10 of each class), but its gate is critical, so a person has to decide`;
    case "few-rows":
      return say`the holdout has ${reason.rows} rows; a decision needs at least ${reason.minRows} (holdout.minRows)`;
    case "few-of-class":
      return say`the holdout has only ${counted(reason.rows, "row")} of its second most frequent class; a decision needs at least ${reason.minRows} of each of two classes`;
    case "dummy-undecided":
      return say`the holdout is too small to show whether the challenger is better than a model without features: ${reason.row.metric} ${optional(reason.row.challenger)}, without features ${optional(reason.row.dummy)}${reason.row.pSuperior === null ? "" : ` (p = ${formatNumber(reason.row.pSuperior)}, at most 0.05 is required)`}`;
    case "worse":
      return worseSentence(reason.row);
    case "same-model":
      return say`the file is the model that is live already, so there is nothing to promote`;
    case "anchor-best":
      return say`the version that was last proved better scores best on these rows: better than the champion by ${formatNumber(reason.overChampion)} (p = ${formatNumber(reason.p)}) and than the challenger by ${formatNumber(reason.overChallenger)}, so refit proposes to go back to it`;
    case "nothing-newer":
      return say`fewer than ${reason.minRows} rows (holdout.minRows) are newer than what the champion has learned from, so nothing can show whether newer data did harm`;
    case "test-failed":
      return testFailedWords(reason);
  }
}

const optional = (value: number | undefined) => (value === undefined ? "not defined" : formatNumber(value));

function testFailedWords({ test, against, detectable }: Extract<VerdictReason, { kind: "test-failed" }>): Text {
  if (test === "superiority") return say`the holdout does not show that the challenger is better than the ${against}`;
  if (test === "non-inferiority")
    return say`the holdout does not rule out that the challenger is worse than the ${against} by more than the margin${tooSmall(detectable)}`;
  if (against === "anchor" && detectable === undefined)
    return say`the challenger is worse beyond chance than the anchor, the version that was last proved better, and not shown to be better than the champion`;
  return say`the holdout is too small to show a large harm${detectable === undefined ? "" : `: it can show only differences of at least ${formatNumber(detectable)}`}`;
}

/** A metric that is worse beyond chance. */
export function worseSentence({ metric, improvement, interval }: MetricRow): Text {
  const size = improvement === undefined ? "" : ` by ${formatNumber(Math.abs(improvement))}`;
  const between = interval === null ? "" : ` (90 % interval ${interval.map(signed).join(" to ")})`;
  return say`${metric} is worse than the champion's${size}, beyond chance${between}`;
}

function tooSmall(detectable: number | undefined): string {
  if (detectable === undefined) return "";
  return `, and it is too small to: it can show only differences of at least ${formatNumber(detectable)}`;
}

export function gateSentence(row: GateRow): Text {
  const where = row.slice === null ? [] : say` where ${data(row.slice.column)} is ${data(row.slice.value)}`;
  const value = row.value === undefined ? "not defined" : formatNumber(row.value);
  const { metric, min, max, maxRegression, slice } = row.gate;
  if (row.result === "insufficient") {
    const values = slice === "*" ? "declared slice" : say`value of ${data(sliceName(slice ?? []))}`;
    return say`${metric}: no ${values} has enough rows (100, and 10 of each class)`;
  }
  if (min !== undefined) return say`${metric}${where} is ${value}; at least ${min} is required`;
  if (max !== undefined) return say`${metric}${where} is ${value}; at most ${max} is allowed`;
  if (row.result === "skipped") return skippedSentence(row.gate);
  const change = changeWords(row.value);
  const p = row.p === null ? "" : formatNumber(row.p);
  const chance =
    row.p === null
      ? ""
      : row.gate.critical === true
        ? `, and a significant drop is not (p = ${p}, significant below 0.05)`
        : `, or more if it is not significant (Holm p = ${p}, significant below 0.05)`;
  if (maxRegression !== undefined)
    return say`${metric}${where} is ${change}; worse by at most ${maxRegression} is allowed${chance}`;
  return say`${metric}${where} is ${change}; better by at least ${row.limit} is required`;
}

/** With a direction in words, since for some metrics lower is better. */
function changeWords(improvement: number | undefined): string {
  if (improvement === undefined) return "not defined for both models";
  if (improvement === 0) return "as good as the champion's";
  return `${improvement > 0 ? "better" : "worse"} by ${formatNumber(Math.abs(improvement))}`;
}

/** What a gate would ask for if there were a champion. */
function skippedSentence({ metric, maxRegression, minImprovement, slice }: GateRow["gate"]): Text {
  const where = slice === undefined ? "" : slice === "*" ? " on each slice" : say` by ${data(sliceName(slice))}`;
  return maxRegression === undefined
    ? say`${metric}${where} must be better by at least ${minImprovement ?? 0}`
    : say`${metric}${where} may be worse by at most ${maxRegression}`;
}

/** What `fairness` or `budget` found, with its limit. */
export function guardSentence(row: GuardRow): Text {
  const value = row.value === undefined ? "not defined" : formatNumber(row.value);
  const limit = `${row.guard}: ${row.limit}`;
  const group = row.column === null ? "" : data(row.column);
  const p = row.p === null ? "" : `, p = ${formatNumber(row.p)}`;
  const from = row.interval === null ? "" : `, 90 % interval ${row.interval.map(formatNumber).join(" to ")}`;
  if (row.result === "skipped") return say`${limit}`;
  if (row.result === "insufficient")
    return say`${row.guard}: groups of ${group} are too small, or none is ever selected`;
  switch (row.guard) {
    case "minSelectionRatio":
      return say`the selection rate of the least selected group of ${group} is ${value} of the most selected group's (${limit}${from}${p})${excuseOf(row)}`;
    case "maxOpportunityGapGrowth":
      return say`the gap between the true positive rates of ${group} grew by ${value} (${limit}${p})`;
    case "maxLatencyRatio":
      return say`a prediction takes ${value} times as long as the champion's (${limit}${from})`;
    case "maxP95MsPer1000Rows":
      if (row.value === undefined) return say`${row.guard}: no prediction was timed`;
      return say`95 % of the batches take at most ${value} ms per 1,000 rows (${limit})`;
    case "maxSizeRatio":
      return say`the artifact has ${value} times the champion's bytes (${limit})`;
  }
}

/** Why a value below the limit passes all the same. */
function excuseOf({ result, value, limit, p }: GuardRow): string {
  if (result !== "passed" || value === undefined || value >= limit) return "";
  return p === null ? "; not significant" : "; not shown to be worse than the champion’s";
}

/** What a test asks, without its numbers. */
export function testWords({ kind, against, margin }: TestResult): Text {
  if (kind === "harm") return say`test: not shown to be worse than the ${against}`;
  if (kind === "superiority") return say`test: shown to be better than the ${against}`;
  return say`test: not worse than the ${against} by more than the margin of ${formatNumber(margin)}`;
}

export function testSentence(test: TestResult): Text {
  const p =
    test.p === null ? "no p, because the two models do not differ on these rows" : `p = ${formatNumber(test.p)}`;
  const detectable = test.detectable === null ? "" : `; detectable difference ${formatNumber(test.detectable)}`;
  if (test.kind === "harm") {
    const isRuledOut = test.passed && test.detectable !== null && test.detectable > test.margin;
    const most = isRuledOut
      ? `; a harm of ${formatNumber(test.margin)} is ruled out`
      : `${detectable}, at most ${formatNumber(test.margin)} is required`;
    return say`not shown to be worse than the ${test.against}: ${p}, above ${formatNumber(test.alpha)} is required${most}`;
  }
  const margin = test.kind === "non-inferiority" ? ` within a margin of ${formatNumber(test.margin)}` : "";
  const name = test.kind === "superiority" ? "better than" : "not worse than";
  return say`${name} the ${test.against}${margin}: ${p}, at most ${formatNumber(test.alpha)} is required${detectable}`;
}

/** `1994-03-01` of epoch milliseconds. */
/** @param at epoch milliseconds, or ISO 8601. */
export function day(at: number | string): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** @param at epoch milliseconds, or ISO 8601. */
export function minute(at: number | string): string {
  return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
