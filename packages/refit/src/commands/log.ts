import { instantText, type LogAnswer } from "@refit/core/answers";
import { UsageError } from "@refit/core/errors";
import type { HistoryEvent } from "@refit/core/history";
import { canarySentence, day, formatNumber, learnedWords, type TableColumn } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import { logModel, type LoggedVersion, type ModelLog } from "../runs/log-model.ts";
import { liveFormatError } from "../versions/live-format.ts";
import type { Flags } from "./command.ts";
import { forget } from "./forget.ts";
import { printTable } from "./print-table.ts";
import { SALT } from "./serving-log.ts";

export const usage =
  "refit log <model> [--json] | refit log forget FOLDER [--key VALUE] [--older-than DAYS] [--dry-run] [--json]";
export const summary =
  "List the versions of a model and what happened to them, oldest first, with the rows that each was judged on.";
export const examples = [
  ["refit log churn", "all versions"],
  ["refit log churn --json", "for programs"],
  ["refit log forget predictions --key c17", "takes what is about this customer out of a prediction log"],
  ["refit log forget predictions --older-than 90", "removes its files that are older than 90 days"],
] as const;
export const options = {
  key: { type: "string" },
  "older-than": { type: "string" },
  "dry-run": { type: "boolean" },
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  key: `forget: the key whose lines are removed; of several columns a JSON list. Hashed keys are found with the text in ${SALT}`,
  "older-than": "forget: removes files whose hour ended more than this many days ago",
  "dry-run": "forget: count, and remove nothing",
  json: "print versions, with all metrics, and events as JSON; forget: what was removed",
};

/** Having no version yet is an answer, not a failure. */
export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [model, ...more] = args;
  const isForgetting = (flags.key ?? flags["older-than"]) !== undefined;
  // A model may be called so, too.
  if (model === "forget" && (isForgetting || more.length > 0)) return forget(ports, more, flags, usage);
  if (isForgetting || flags["dry-run"] === true)
    throw new UsageError("--key, --older-than and --dry-run are for log forget.", usage);
  if (model === undefined || more.length > 0) throw new UsageError("log needs one model.", usage);
  const repository = await ports.git.locate();
  for (const notice of repository.notices) ports.out.notice(notice);
  const log = await logModel(ports, repository, model);
  const { history } = log;
  const newer = liveFormatError(repository, model, history);
  if (newer !== null) ports.out.notice(`${newer.message} ${newer.hint}`);
  if (flags.json === true) {
    ports.out.print(JSON.stringify(asJson(log), null, 2));
    return 0;
  }
  const common = commonPrimary(log);
  const rows = history.events.map((event) => eventRow(event, log, common));
  printTable(ports.out, columns(common), rows, (i) => notesOf(history.events[i]!, log));
  if (rows.length > 1) ports.out.notice(explanation);
  if (log.canary !== null) ports.out.print(canarySentence(log.canary));
  if (history.champion === null) ports.out.print(`"${model}" has no champion on ${repository.baseBranch}.`);
  return 0;
}

const columns = (common: string | null): readonly TableColumn[] => [
  { title: "version" },
  { title: "date" },
  { title: "commit", spare: 3 },
  { title: "event" },
  { title: common ?? "metric", align: "right" },
  { title: "rows", align: "right" },
  { title: "from", spare: 2 },
  { title: "to" },
  { title: "better by", align: "right" },
  { title: "than", spare: 1 },
];

const explanation =
  "Each value was measured on rows of its own. `better by` compares a version with the one under `than` on the same rows; `refit diff` compares any two.";

/** The metric that all versions were judged by; `null`: there are several. */
function commonPrimary({ versions }: ModelLog): string | null {
  const names = new Set(versions.flatMap(({ primary }) => primary ?? []));
  return names.size === 1 ? [...names][0]! : null;
}

function eventRow(event: HistoryEvent, { history, versions }: ModelLog, common: string | null): string[] {
  const { commit, kind, number } = event;
  const isLive = event === history.events.at(-1) && history.state === "live";
  const head = [
    number === null ? "–" : `v${number}`,
    day(commit.committedAt),
    commit.sha.slice(0, 10),
    isLive ? `${kind}, champion` : kind,
  ];
  const version = number === null ? undefined : versions[number - 1];
  return version === undefined ? head : [...head, ...numberCells(version, common)];
}

function numberCells({ metrics, primary, judgedOn, withParent }: LoggedVersion, common: string | null): string[] {
  const value = primary === null ? undefined : metrics?.[primary];
  if (primary === null || value === undefined) return [];
  const better = withParent?.metrics.find(({ metric }) => metric === primary)?.improvement;
  return [
    common === null ? `${primary} ${formatNumber(value)}` : formatNumber(value),
    judgedOn === null ? "–" : String(judgedOn.rows),
    judgedOn?.from?.slice(0, 10) ?? "",
    judgedOn?.to?.slice(0, 10) ?? "",
    better === undefined ? "" : `${better < 0 ? "−" : "+"}${formatNumber(Math.abs(better))}`,
    better === undefined ? "" : `v${withParent!.number}`,
  ];
}

function notesOf({ kind, number, treeId }: HistoryEvent, { history, learned }: ModelLog): string[] {
  if (treeId === null) return [];
  const newerFormat = number === null ? null : history.versions[number - 1]!.newerFormat;
  const { isDeclared } = learned.get(treeId)!;
  const isStale = kind === "promotion" && history.stale.some((version) => version.treeId === treeId);
  return [
    ...(isDeclared ? [learnedWords(learned.get(treeId)!)!] : []),
    ...(newerFormat === null ? [] : [`format ${newerFormat}, which needs a newer refit`]),
    ...(isStale ? ["judged against another champion"] : []),
  ];
}

function asJson({ history, versions, canary }: ModelLog): LogAnswer {
  const { events, champion, state, rolledBack, stale } = history;
  return {
    state,
    champion: champion && champion.number,
    versions: versions.map((version) => ({ ...version, committedAt: instantText(version.committedAt) })),
    events: events.map(({ commit, kind, number }) => ({
      commit: commit.sha,
      at: instantText(commit.committedAt),
      kind,
      number,
    })),
    rolledBack: rolledBack.map(({ version, to, at }) => ({
      version: version.number,
      to: to?.number ?? null,
      at: instantText(at),
    })),
    stale: stale.map((version) => version.number),
    canary: canary && { version: canary.version, percent: canary.percent, since: instantText(canary.since) },
  };
}
