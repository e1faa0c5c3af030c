import { instantText } from "@refit/core/answers";
import { UsageError } from "@refit/core/errors";
import {
  day,
  pastSentence,
  reasonSentence,
  terminalText,
  wrapped,
  type Report,
  type ToldHistory,
} from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { tellPast, type ToldPast, type ToldEvent } from "../runs/past.ts";
import { chooseModels } from "../runs/choose-models.ts";
import type { Flags } from "./command.ts";

export const usage = "refit history [model] [--limit N] [--json]";
export const summary =
  "List what happened to a model, or to all, newest first: promoted, rolled back, declined, rejected, blocked or inconclusive, and why.";
export const examples = [
  ["refit history churn", "the newest twenty events"],
  ["refit history --limit 100 --json", "of all models, for programs"],
] as const;
export const options = { limit: { type: "string" }, json: { type: "boolean" } } as const;
export const optionHelp = {
  limit: "show at most this many of the newest events; default: 20",
  json: "print the events as JSON (`refit schema history`)",
};

const usualLimit = 20;
const width = 80;
const indent = " ".repeat(12);

/** Reads the log of the base branch, the ledger, and the reports of what is shown; asks nobody. */
export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [model, ...more] = args;
  if (more.length > 0) throw new UsageError("history takes at most one model.", usage);
  const limit = limitFrom(flags.limit);
  const repository = await ports.git.locate();
  for (const notice of repository.notices) ports.out.notice(notice);
  const models = await chooseModels(ports, repository, model);
  const past = await tellPast(ports, repository, models, limit);
  if (flags.json === true) {
    ports.out.print(JSON.stringify(asJson(models, past), null, 2));
    return 0;
  }
  if (past.isLedgerMissing && models.length > 0) ports.out.notice(missingLedger(repository));
  if (past.events.length === 0) ports.out.print(nothingYet(model, repository));
  for (const told of past.events) for (const line of lines(told, models.length > 1)) ports.out.print(line);
  if (past.more > 0) ports.out.print(`${past.more} older; \`--limit ${limit + past.more}\` shows all.`);
  return 0;
}

function limitFrom(limit: string | undefined): number {
  if (limit === undefined) return usualLimit;
  if (!/^[1-9]\d{0,8}$/.test(limit)) throw new UsageError(`\`--limit ${limit}\` is not a number of events.`, usage);
  return Number(limit);
}

/** What is not known without a ledger, and how to have it. */
function missingLedger({ remote }: Repository): string {
  const fetching =
    remote === null
      ? "The next `refit run` that judges something begins one."
      : `If the remote has it: \`git fetch ${remote} refit-ledger:refs/remotes/${remote}/refit-ledger\`.`;
  return `There is no branch \`refit-ledger\` here, so runs that ended without a merge (rejected, blocked, declined) are not known. ${fetching}`;
}

function nothingYet(model: string | undefined, { baseBranch }: Repository): string {
  return model === undefined
    ? `Nothing has happened to any model on ${baseBranch} yet; \`refit run\` trains and judges.`
    : `Nothing has happened to "${model}" on ${baseBranch} yet; \`refit run ${model}\` trains and judges it.`;
}

/** A line of what, and below it the number, why, and where the report is. */
function lines({ model, event, run: name, report }: ToldEvent, isNamed: boolean): string[] {
  const what = `${isNamed ? `${model}: ` : ""}${terminalText(pastSentence(event))}.`;
  const first = wrapped(what, width, indent);
  const facts = [
    ...(report?.headline.number ? [terminalText(report.headline.number)] : []),
    ...whyOf(report).map((why) => `- ${why}`),
    ...(event.kind === "rejected" || event.kind === "blocked" || event.reasons.length === 0
      ? []
      : [`Trained because ${event.reasons.map((reason) => terminalText(reasonSentence(reason))).join("; ")}.`]),
    ...(name === null ? [] : [`More: refit report ${model}@${name}`]),
  ];
  return [
    `${day(event.at)}  ${first[0]!.trimStart()}`,
    ...first.slice(1),
    ...facts.flatMap((fact) => wrapped(fact, width, indent, fact.startsWith("- ") ? "  " : "")),
  ];
}

const mostReasons = 3;

function whyOf(report: Report | null): string[] {
  const all = (report?.headline.objections ?? []).map(terminalText);
  const more = all.length - mostReasons;
  return more > 1 ? [...all.slice(0, mostReasons), `and ${more} more`] : all;
}

function asJson(models: readonly string[], { events, more, isLedgerMissing }: ToldPast): ToldHistory {
  return {
    format: 1,
    schema: "history",
    models: [...models],
    ledger: isLedgerMissing ? "missing" : "here",
    events: events.map(({ model, event, run: name, kept, report }) => ({
      model,
      at: instantText(event.at),
      kind: event.kind,
      what: `${terminalText(pastSentence(event))}.`,
      why: (report?.headline.objections ?? []).map(terminalText),
      number: report?.headline.number ? terminalText(report.headline.number) : null,
      version: event.version,
      against: event.against,
      inputDigest: event.inputDigest,
      run: name,
      trainedBecause: event.reasons.map((reason) => terminalText(reasonSentence(reason))),
      words: event.words,
      driftLevel: event.driftLevel,
      settledAt: event.settledAt === null ? null : instantText(event.settledAt),
      commit: event.commit,
      report: kept,
    })),
    more,
  };
}
