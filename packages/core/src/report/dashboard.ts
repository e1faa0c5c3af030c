import { type Attention, isInTheWay } from "../decide/attention.ts";
import type { DueNext } from "../decide/due-next.ts";
import { nameProblem } from "../spec/names.ts";
import { boxLine } from "./dashboard-boxes.ts";
import { formatNumber } from "./format-number.ts";
import { cell, table } from "./markdown.ts";
import type { MetricOfLive, ModelStatus } from "./model-status.ts";
import { counted, firstFew } from "./number-text.ts";
import { day } from "./sentences.ts";

/** The first line of the page, by which refit finds it again. */
export const dashboardMarker = "<!-- refit:dashboard -->";

/** A model as the page shows it. */
export interface DashboardModel {
  readonly status: ModelStatus;
  /** Address of its open alert; `null`: there is none. */
  readonly alert: string | null;
}

/** So many models are all seen at once; of more, those that need nobody are folded. */
const mostUnfolded = 20;

const mostCodes = 3;

/**
 * The page that shows how all models are, Markdown: first those that need a person, then those that are due, then by name. Nothing on it
 * depends on the time of day, so that a night on which nothing happened does not change it. Pure.
 *
 * @param limit characters of the whole page. Models that do not fit are counted.
 */
export function dashboardText(models: readonly DashboardModel[], limit: number): string {
  const sorted = models.map(entryOf).toSorted(byNeed);
  const whole = pageWith(sorted, sorted.length);
  if (whole.length <= limit) return whole;
  // The longest page that fits: a page grows with each model on it.
  let [fits, tooMany] = [0, sorted.length];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (pageWith(sorted, middle).length <= limit) fits = middle;
    else tooMany = middle;
  }
  return pageWith(sorted, fits);
}

interface DashboardLine {
  readonly model: string;
  readonly row: readonly string[];
  /** `null`: nothing can be started for it. */
  readonly box: string | null;
  readonly needsPerson: boolean;
  readonly isDue: boolean;
}

function entryOf({ status, alert }: DashboardModel): DashboardLine {
  const { model, state, version, since, metric, next } = status;
  // What this machine lacks another one has, and the page would change with each.
  const attention = status.attention.filter(({ kind }) => kind !== "stale-clone" && kind !== "learner-missing");
  const isRetired = state === "retired";
  const canRun = !isRetired && nameProblem(model) === null;
  return {
    model,
    row: [
      word(model),
      version ?? state,
      since ?? "",
      metric === null ? "" : metricCell(metric),
      isRetired ? "" : nextWords(next, attention.some(isInTheWay)),
      attention.map((each) => attentionCell(each, status.proposal, alert)).join("<br>"),
    ],
    box: canRun ? boxLine({ kind: "retrain", model }, word(model)) : null,
    needsPerson: attention.length > 0,
    isDue: next?.triggers.some(({ fired }) => fired === true) ?? false,
  };
}

function byNeed(a: DashboardLine, b: DashboardLine): number {
  const rank = ({ needsPerson, isDue }: DashboardLine) => (needsPerson ? 0 : isDue ? 1 : 2);
  return rank(a) - rank(b) || (a.model < b.model ? -1 : 1);
}

/**
 * How many rows have come is known where they were counted, and a fresh machine has counted none, so that only the limit stands here. Nothing is
 * called ready beside what needs a person.
 */
function nextWords(next: DueNext | null, needsPerson: boolean): string {
  if (next === null) return "unknown";
  const { triggers, waits } = next;
  if (triggers.some(({ fired }) => fired === true)) return waits.length > 0 || needsPerson ? "due, waits" : "due now";
  const coming = triggers.flatMap((trigger) => {
    if (trigger.kind === "age") return `by ${day(trigger.at)}`;
    return trigger.kind === "new-rows" ? `at ${counted(trigger.minNewRows, "new row")}` : [];
  });
  return coming.length === 0 ? "on change" : coming.join(" or ");
}

/** Two numbers of different rows, each with its rows: neither says that the other is worse. */
function metricCell({ name, judged, judgedOn, since }: MetricOfLive): string {
  const on = judgedOn === null ? "" : ` on ${counted(judgedOn.rows, "row")}`;
  const then = judged === null ? "unknown" : `${formatNumber(judged)}${on}`;
  if (since === null) return `${word(name)} ${then}`;
  const other = since.metric === name ? "" : `${word(since.metric)} `;
  const newer = since.rows === null ? "newer rows" : counted(since.rows, "newer row");
  return `${word(name)} ${then}; ${other}${formatNumber(since.value)} on ${newer}`;
}

/** A name, as text that can be read in the plain page too where it cannot mean anything else. */
const word = (name: string) => (/^[A-Za-z0-9][\w./-]{0,119}$/.test(name) ? `\`${name}\`` : cell(name));

/** In a few words, with a link where there is more; `refit status` says what to do. */
function attentionCell(attention: Attention, proposal: string | null, alert: string | null): string {
  switch (attention.kind) {
    case "broken":
      return `${linked("broken", alert)}: its folder does not match its lineage.json`;
    case "blocked": {
      const { few, more } = firstFew(attention.findings, mostCodes);
      const codes = few.length === 0 ? "" : ` by ${few.map(word).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
      const first = attention.isFirst ? "; nothing is live" : "";
      return `${linked("blocked", alert)} in ${counted(attention.runs, "run")} since ${day(attention.since)}${codes}${first}`;
    }
    case "rejected":
      return attention.runs === 1
        ? `newest candidate rejected on ${day(attention.since)}`
        : `last ${attention.runs} candidates rejected, since ${day(attention.since)}`;
    case "unreadable":
      return `cannot be read: ${cell(attention.message)}`;
    case "unmatched-files": {
      const { few, more } = firstFew(attention.files, 1);
      return `not read: ${few.map(word).join("")}${more > 0 ? ` and ${counted(more, "more file")}` : ""}`;
    }
    case "inconclusive":
      return `no decision on the last ${attention.runs} candidates`;
    case "proposal":
      return `${linked("proposal", proposal)} ${proposalWord[attention.state]}${attention.since === null ? "" : ` since ${day(attention.since)}`}`;
    default:
      return word(attention.kind);
  }
}

const proposalWord = { open: "open", "under-review": "under review", unfinished: "unfinished" } as const;

/** @param label a word of ours. @param url from the forge; what looks like no address is no link. */
function linked(label: string, url: string | null): string {
  return url !== null && /^https?:\/\/[\w.:/~%-]+$/.test(url) ? `[${label}](${url})` : label;
}

const heads = ["model", "live", "since", "metric", "next retrain", "attention"] as const;

/** The page with the first models in full and the others counted. */
function pageWith(entries: readonly DashboardLine[], shown: number): string {
  const [listed, left] = [entries.slice(0, shown), entries.length - shown];
  const needing = listed.filter(({ needsPerson }) => needsPerson);
  const others = listed.filter(({ needsPerson }) => !needsPerson);
  const isFolded = entries.length > mostUnfolded;
  const parts = [
    dashboardMarker,
    summaryOf(entries),
    "refit keeps this page. It overwrites every edit except ticked boxes. Nothing here promotes a model: merging its pull request does.",
    ...(needing.length === 0 ? [] : ["### Models that need a person", tableOf(needing), whatToDo]),
    ...(others.length === 0
      ? []
      : ["### Models that need nobody", folded(isFolded, counted(others.length, "model"), tableOf(others))]),
    ...(left === 0
      ? []
      : [`${counted(left, "more model")} did not fit on this page; \`refit status\` lists every model.`]),
    ...startParts(listed, isFolded),
  ];
  return parts.join("\n\n");
}

const whatToDo = "`refit status MODEL` says what to do.";

function summaryOf(entries: readonly DashboardLine[]): string {
  const needing = entries.filter(({ needsPerson }) => needsPerson).length;
  const due = entries.filter(({ isDue }) => isDue).length;
  const need = needing === 0 ? "none needs a person" : `${needing} ${needing === 1 ? "needs" : "need"} a person`;
  const wait = due === 0 ? "no retrain is due" : `${counted(due, "retrain")} ${due === 1 ? "is" : "are"} due`;
  if (entries.length === 0) return "**There is no model on the base branch yet.**";
  return `**${counted(entries.length, "model")}: ${need}, ${wait}.**`;
}

const tableOf = (entries: readonly DashboardLine[]) =>
  table(
    heads,
    entries.map(({ row }) => row),
  );

function folded(isFolded: boolean, summary: string, body: string): string {
  return isFolded ? `<details><summary>${summary}</summary>\n\n${body}\n\n</details>` : body;
}

function startParts(listed: readonly DashboardLine[], isFolded: boolean): string[] {
  const due = boxLine({ kind: "run-due" }, "Run every model that is due");
  const boxes = (entries: readonly DashboardLine[]) => entries.flatMap(({ box }) => box ?? []);
  const first = boxes(listed.filter(({ needsPerson, isDue }) => needsPerson || isDue));
  const rest = boxes(listed.filter(({ needsPerson, isDue }) => !needsPerson && !isDue));
  if (first.length + rest.length === 0) return [];
  return [
    "### Start a run",
    "Whoever may write to this repository starts a run by ticking a box, which is cleared when the run takes it. A run opens or updates pull requests. It never merges one.",
    due,
    "Retrain one model now, whatever its triggers and cool-down say:",
    ...(isFolded
      ? [
          ...(first.length === 0 ? [] : [first.join("\n")]),
          ...(rest.length === 0 ? [] : [folded(true, "Other models", rest.join("\n"))]),
        ]
      : [[...first, ...rest].join("\n")]),
  ];
}
