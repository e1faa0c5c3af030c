import { isInTheWay, type CanaryStatus } from "../decide/attention.ts";
import type { DueNext, DueTrigger } from "../decide/due-next.ts";
import { attentionLabel, attentionWords } from "./attention-words.ts";
import { dueSentences } from "./due-sentences.ts";
import { learnedWords } from "./elsewhere.ts";
import { formatNumber } from "./format-number.ts";
import { measuredRowsWords } from "./measured-words.ts";
import type { ModelStatus } from "./model-status.ts";
import { counted } from "./number-text.ts";
import { day } from "./sentences.ts";
import type { TableColumn } from "./terminal-table.ts";

/** One line of `refit status` for each model. What a narrow terminal leaves out first is what changes least from day to day. */
export const statusColumns: readonly TableColumn[] = [
  { title: "model" },
  { title: "state" },
  { title: "since", spare: 4 },
  { title: "learned until", spare: 6 },
  { title: "judged" },
  { title: "newer", align: "right" },
  { title: "rows", align: "right", spare: 5 },
  { title: "newest row", spare: 3 },
  { title: "next" },
  { title: "attention" },
];

/** Its cells; an empty one: there is nothing to tell. */
export function statusCells(status: ModelStatus, now: number): string[] {
  const { model, state, version, since, learnedUntil, metric, newestRowDaysAgo, next, attention } = status;
  const measured = metric?.since ?? null;
  const [first, ...more] = attention;
  return [
    model,
    (version === null ? state : `${state} ${version}`) + canaryCell(status),
    since ?? "",
    learnedUntil ?? "",
    metric === null ? "" : `${metric.name} ${metric.judged === null ? "unknown" : formatNumber(metric.judged)}`,
    metric === null ? "" : sinceCell(metric.name, measured),
    String(measured?.rows ?? ""),
    newestRowDaysAgo === null ? "" : `${newestRowDaysAgo} d ago`,
    state === "retired" ? "" : nextCell(next, attention.some(isInTheWay)),
    first === undefined ? "" : attentionLabel(first, now) + (more.length > 0 ? ` +${more.length}` : ""),
  ];
}

function canaryCell({ canary }: ModelStatus): string {
  return canary ? `, canary ${canary.percent === null ? "?" : `${canary.percent} %`}` : "";
}

function sinceCell(name: string, measured: NonNullable<ModelStatus["metric"]>["since"]): string {
  if (measured === null) return "none";
  const value = formatNumber(measured.value);
  return measured.metric === name ? value : `${measured.metric} ${value}`;
}

/** In a word; nothing is called ready beside what needs a person. */
function nextCell(next: DueNext | null, needsPerson: boolean): string {
  if (next === null) return "unknown";
  const { triggers, waits } = next;
  if (triggers.some(({ fired }) => fired === true)) return waits.length > 0 || needsPerson ? "waits" : "now";
  const words = triggers.flatMap((trigger) => comingWords(trigger) ?? []);
  return words[0] ?? "on change";
}

/** What can be foreseen of a trigger that has not fired; `null`: only a run finds it. */
function comingWords(trigger: DueTrigger): string | null {
  if (trigger.kind === "age") return `by ${day(trigger.at)}`;
  if (trigger.kind !== "new-rows") return null;
  return `${trigger.newRows ?? "?"}/${trigger.minNewRows} rows`;
}

/** What is to be done, a line for each, under the name of its model. The same for all models is told once. */
export function attentionLines(statuses: readonly ModelStatus[], now: number): string[] {
  const told = new Map<string, string[]>();
  for (const { model, attention } of statuses) {
    for (const each of attention) {
      const { what, fix } = attentionWords(model, each, now);
      const text = `${what} ${fix}`;
      told.set(text, [...(told.get(text) ?? []), model]);
    }
  }
  const isAll = (models: readonly string[]) => models.length === statuses.length && models.length > 1;
  return [...told].map(([text, models]) => `${isAll(models) ? "all models" : models.join(", ")}: ${text}`);
}

/** All that is known of one model, a sentence each. */
export function statusSentences(status: ModelStatus, now: number): string[] {
  const {
    model,
    canary,
    learnedUntil,
    learnedDaysAgo,
    declared,
    metric,
    newestRow,
    newestRowDaysAgo,
    next,
    attention,
  } = status;
  const learned = learnedWords({ until: learnedUntil, isDeclared: declared });
  return [
    ...(learned === null ? [] : [learned + agoWords(learnedDaysAgo)]),
    ...(newestRow === null ? [] : [`newest row that was seen: ${newestRow}${agoWords(newestRowDaysAgo)}`]),
    ...(metric === null ? [] : metricSentences(metric)),
    ...(canary ? [canarySentence(canary)] : []),
    ...(next === null ? [] : dueSentences(next)),
    ...proposalSentences(status),
    ...attention.map((each) => {
      const { what, fix } = attentionWords(model, each, now);
      return `attention: ${what} ${fix}`;
    }),
  ];
}

/** Which version answers a part of the requests, and how many. */
export function canarySentence({
  version,
  percent,
  since,
}: Pick<CanaryStatus, "version" | "percent" | "since">): string {
  const share = percent === null ? "gets no requests" : `answers ${percent} % of the requests`;
  return `canary ${version.slice(0, 12)} ${share} since ${day(since)}`;
}

function metricSentences({ name, judged, judgedOn, since }: NonNullable<ModelStatus["metric"]>): string[] {
  const on = judgedOn === null ? "" : ` on ${measuredRowsWords(judgedOn)}`;
  const then = judged === null ? [] : [`${name} ${formatNumber(judged)} when it was judged${on}`];
  if (since === null) return [...then, `${name} on newer rows: no run has measured it yet`];
  const rows = since.rows === null ? "newer rows" : `${since.rows} newer rows`;
  return [...then, `${since.metric} ${formatNumber(since.value)} on ${rows}, measured on ${day(since.at)}`];
}

function proposalSentences({ proposal, proposalState }: ModelStatus): string[] {
  return proposal === null ? [] : [`proposal ${proposalState!.replace("-", " ")}: ${pullNumber(proposal)}${proposal}`];
}

/** As people speak of a pull request, before its address; nothing for a page in this clone. */
function pullNumber(url: string): string {
  const number = /\/pull\/(\d+)$/.exec(url)?.[1];
  return number === undefined ? "" : `#${number} `;
}

const agoWords = (days: number | null) => (days === null ? "" : ` (${counted(days, "day")} ago)`);
