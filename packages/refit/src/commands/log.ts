import { UsageError } from "@refit/core/errors";
import type { HistoryEvent, ModelHistory } from "@refit/core/history";
import { columns, day, formatNumber, learnedWords, type Learned } from "@refit/core/report";
import { liveFormatError } from "../versions/live-format.ts";
import { readModelHistory, type MetricsByTree } from "../versions/model-history.ts";
import type { Ports } from "../ports/index.ts";
import type { Flags } from "./command.ts";

export const usage = "refit log <model> [--json]";
export const summary = "List the versions of a model and what happened to them, oldest first, with their metrics.";
export const examples = [
  ["refit log churn", "all versions"],
  ["refit log churn --json", "for programs"],
] as const;
export const options = { json: { type: "boolean" } } as const;
export const optionHelp = { json: "print versions and events as JSON" };

/** Having no version yet is an answer, not a failure. */
export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [model, ...more] = args;
  if (model === undefined || more.length > 0) throw new UsageError("log needs one model.", usage);
  const repository = await ports.git.locate();
  for (const notice of repository.notices) ports.out.notice(notice);
  const { history, metrics, learned } = await readModelHistory(ports, repository, model);
  const newer = liveFormatError(repository, model, history);
  if (newer !== null) ports.out.notice(`${newer.message} ${newer.hint}`);
  if (flags.json === true) {
    ports.out.print(JSON.stringify(asJson(history, metrics), null, 2));
    return 0;
  }
  const stale = new Set(history.stale.map((version) => version.treeId));
  const rows = history.events.map((event) => eventRow(event, { stale, learned, history, metrics }));
  for (const line of columns(rows)) ports.out.print(line);
  if (history.champion === null) ports.out.print(`"${model}" has no champion on ${repository.baseBranch}.`);
  return 0;
}

interface Told {
  /** Tree ids. */
  readonly stale: ReadonlySet<string>;
  /** By tree id. */
  readonly learned: ReadonlyMap<string, Learned>;
  readonly history: ModelHistory;
  readonly metrics: MetricsByTree;
}

function eventRow(event: HistoryEvent, { stale, learned, history, metrics }: Told): string[] {
  const { commit, kind, number, treeId } = event;
  const newerFormat = number === null ? null : history.versions[number - 1]!.newerFormat;
  const marks = [
    kind,
    event === history.events.at(-1) && history.state === "live" ? "champion" : "",
    treeId !== null && learned.get(treeId)!.isDeclared ? learnedWords(learned.get(treeId)!)! : "",
    newerFormat === null ? "" : `format ${newerFormat}, which needs a newer refit`,
    kind === "promotion" && treeId !== null && stale.has(treeId) ? "judged against another champion" : "",
  ];
  const values = treeId === null ? [] : Object.entries(metrics.get(treeId) ?? {});
  return [
    number === null ? "–" : `v${number}`,
    day(commit.committedAt),
    commit.sha.slice(0, 10),
    marks.filter(Boolean).join(", "),
    values.map(([name, value]) => `${name} ${formatNumber(value)}`).join("  "),
  ];
}

function asJson(history: ModelHistory, metrics: MetricsByTree) {
  const { versions, events, champion, state, rolledBack, stale } = history;
  return {
    state,
    champion: champion && champion.number,
    versions: versions.map((version) => ({ ...version, metrics: metrics.get(version.treeId) ?? null })),
    events: events.map(({ commit, kind, number }) => ({ commit: commit.sha, at: commit.committedAt, kind, number })),
    rolledBack: rolledBack.map(({ version, to, at }) => ({ version: version.number, to: to?.number ?? null, at })),
    stale: stale.map((version) => version.number),
  };
}
