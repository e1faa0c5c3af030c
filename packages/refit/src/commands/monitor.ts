import path from "node:path";
import type { MonitorAnswer } from "@refit/core/answers";
import { UsageError, type FailedModel } from "@refit/core/errors";
import { liveState, measuredArms } from "@refit/core/production";
import { counted, formatNumber, quoteForTerminal, type TableColumn, visibleText } from "@refit/core/report";
import { isBuiltIn, measuredMetrics } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { despiteRaces } from "../runs/despite-races.ts";
import { monitorModel, type MonitoredModel } from "../runs/monitor/monitor-model.ts";
import { openedForRun } from "../runs/opened-for-run.ts";
import { orFailed } from "../runs/or-failed.ts";
import { readModelHistory } from "../versions/model-history.ts";
import type { Flags } from "./command.ts";
import { failedLines } from "./failed-lines.ts";
import { limitHelp, limitOption } from "./limits.ts";
import { namedOrAll } from "./named-or-all.ts";
import { printTable } from "./print-table.ts";
import { pushHelp, pushOptions, sayingPublished } from "./publishing.ts";
import { SALT } from "./serving-log.ts";

export const usage =
  "refit monitor [model…] [--log FOLDER] [--push|--no-push] [--memory SIZE] [--limit NAME=NUMBER]… [--dry-run] [--json]";
export const summary = "Measure models on what they answered, from the prediction log and labels that came later.";
export const examples = [
  ["refit monitor churn --log predictions", "what is new in the log and among the labels"],
  ["refit monitor", "what the ledger has of every model, without reading a log"],
  ["refit monitor churn --log predictions --dry-run", "what would be found, with the labels of the work tree"],
] as const;
export const options = {
  log: { type: "string" },
  ...pushOptions,
  ...limitOption,
  "dry-run": { type: "boolean" },
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  log: "the folder that `refit serve --log` writes to; files whose hour is over are compacted to Parquet there",
  ...pushHelp,
  ...limitHelp,
  "dry-run": "read the work tree, and change neither the ledger nor the log",
  json: "print what is known as JSON",
};

type Monitored = MonitorAnswer[number];

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  if (flags.log !== undefined && /^[a-z][a-z\d+.-]+:/i.test(flags.log))
    throw new UsageError(`--log ${quoteForTerminal(flags.log)} is not a folder.`, usage);
  const dryRun = flags["dry-run"] === true;
  const log = flags.log === undefined ? null : path.resolve(ports.workTree.here, flags.log);
  if (log !== null && (await ports.files.list(log)).length === 0)
    ports.out.notice(
      `There is no file in ${quoteForTerminal(flags.log!)}: name the folder that \`refit serve --log\` writes to.`,
    );
  const first = await openedForRun(ports, dryRun);
  for (const notice of first.notices) ports.out.notice(notice);
  const models = await namedOrAll(ports, first, args);
  const answers: Monitored[] = [];
  await sayingPublished(ports, async () => {
    for (const model of models) {
      const one = () =>
        despiteRaces(async (isRepeated): Promise<Monitored> => {
          const repository = isRepeated ? await openedForRun(ports, dryRun) : first;
          const request = { model, log, salt: ports.variables.valueOf(SALT), dryRun };
          return told(ports, repository, await monitorModel(ports, repository, request));
        });
      const failed = (error: FailedModel): Monitored => ({ model, error });
      const several = () => ports.naming.about(model, () => orFailed(one, failed));
      const answer = await (models.length === 1 ? ports.naming.alone(model, one) : several());
      if (flags.json !== true) print(ports, answer, dryRun);
      answers.push(answer);
    }
  });
  if (flags.json === true) ports.out.print(JSON.stringify(answers satisfies MonitorAnswer, null, 2));
  return Math.max(0, ...answers.map(exitCodeOf));
}

function exitCodeOf(answer: Monitored): number {
  if ("error" in answer) return 2;
  return answer.findings.some(({ severity }) => severity !== "warning") ? 3 : 0;
}

async function told(
  ports: Pick<Ports, "git" | "files">,
  repository: Repository,
  { model, spec, days, findings, changed, openFiles }: MonitoredModel,
): Promise<Monitored> {
  const { history } = await readModelHistory(ports, repository, model);
  const numbers = new Map(history.versions.map(({ treeId, number: n }) => [treeId, n]));
  const arms = measuredArms(days, measuredMetrics(spec.metrics).filter(isBuiltIn));
  const [first, last] = [days[0]?.day, days.at(-1)?.day];
  return {
    model,
    days: first === undefined || last === undefined ? null : { first, last },
    versions: arms.map((arm) => ({
      ...arm,
      number: numbers.get(arm.version) ?? null,
      metrics: arm.metrics.map((metric) => ({ ...metric })),
    })),
    live: { metric: spec.metrics.primary, ...liveOf(days, spec) },
    findings: findings as Extract<Monitored, { findings: unknown }>["findings"],
    changed: [...changed],
    openFiles,
  };
}

/** Windows of fewer labels show chance. */
const leastLabels = 200;
/** So many fit on a page. */
const mostWindows = 12;

function liveOf(days: MonitoredModel["days"], { metrics, task }: MonitoredModel["spec"]) {
  const labels = days.reduce((sum, { parts }) => sum + parts.reduce((all, { labelled }) => all + labelled, 0), 0);
  const perWindow = Math.max(leastLabels, Math.ceil(labels / mostWindows));
  const { matureAfter, versions } = liveState(days, { metric: metrics.primary, task, labels: perWindow });
  return {
    matureAfter,
    versions: versions.map(({ version, windows, immature }) => ({
      version,
      immature: immature.map((one) => ({ ...one })),
      windows: windows.map(({ interval, ...one }) => ({
        ...one,
        interval: interval === null ? null : ([...interval] as [number, number]),
      })),
    })),
  };
}

const columns: readonly TableColumn[] = [
  { title: "version" },
  { title: "arm" },
  { title: "answers", align: "right" },
  { title: "labelled", align: "right" },
  { title: "metric" },
  { title: "value", align: "right" },
  { title: "95 % interval", spare: 1 },
];

function print(ports: Pick<Ports, "out">, answer: Monitored, dryRun: boolean): void {
  if ("error" in answer) {
    for (const line of failedLines(`${answer.model}: failed`, answer.error)) ports.out.print(line);
    return;
  }
  const { model, days, versions, findings, changed, live } = answer;
  const tellFindings = () => {
    for (const { severity, code, message } of findings)
      ports.out.print(`${severity} ${code}: ${visibleText(message, 1000)}`);
  };
  if (days === null) {
    const how = `\`refit serve ${model} --log FOLDER\` writes them down, and \`refit monitor --log FOLDER\` reads them.`;
    ports.out.print(`${model}: no answers are known. ${findings.length === 0 ? how : "Nothing was recorded."}`);
    tellFindings();
    return;
  }
  const verb = dryRun ? "would be recorded" : "recorded";
  const news = changed.length === 0 ? "Nothing is new." : `${counted(changed.length, "day")} ${verb}.`;
  ports.out.print(`${model}: answers from ${days.first} to ${days.last} (UTC). ${news}`);
  printTable(ports.out, columns, versions.flatMap(rowsOf));
  const windows = live.versions.flatMap((one) => one.windows.map((window) => windowRow(one.version, versions, window)));
  if (windows.length > 0) {
    const late =
      live.matureAfter === null ? "not known yet" : `95 % are here after ${counted(live.matureAfter, "day")}`;
    ports.out.print(
      `${live.metric} over time. How long labels take: ${late}. Windows that are not complete have no effect.`,
    );
    printTable(ports.out, windowColumns, windows);
  }
  tellFindings();
}

const windowColumns: readonly TableColumn[] = [
  { title: "version" },
  { title: "from" },
  { title: "to" },
  { title: "labels", align: "right" },
  { title: "value", align: "right" },
  { title: "95 % interval", spare: 1 },
  { title: "complete" },
];

type MonitoredAnswer = Extract<Monitored, { versions: unknown }>;

function windowRow(
  version: string,
  versions: MonitoredAnswer["versions"],
  { from, to, rows, value, interval, isMature }: MonitoredAnswer["live"]["versions"][number]["windows"][number],
): string[] {
  const n = versions.find((one) => one.version === version)?.number ?? null;
  return [
    n === null ? version.slice(0, 10) : `v${n}`,
    from,
    to,
    String(rows),
    value === null ? "–" : formatNumber(value),
    interval === null ? "" : `${formatNumber(interval[0])} to ${formatNumber(interval[1])}`,
    isMature ? "yes" : "no",
  ];
}

function rowsOf({ version, number: n, arm, answers, labelled, metrics }: MonitoredAnswer["versions"][number]) {
  const head = [n === null ? version.slice(0, 10) : `v${n}`, arm ?? "", String(answers), String(labelled)];
  if (metrics.length === 0) return [[...head, "", "", ""]];
  return metrics.map(({ metric, value, standardError }, i) => [
    ...(i === 0 ? head : ["", "", "", ""]),
    metric,
    formatNumber(value),
    `${formatNumber(value - 1.96 * standardError)} to ${formatNumber(value + 1.96 * standardError)}`,
  ]);
}
