import type { BacktestAnswer } from "@refit/core/answers";
import { UsageError } from "@refit/core/errors";
import { terminalReport } from "@refit/core/report";
import path from "node:path";
import type { Ports } from "../ports/index.ts";
import { decodeText } from "../text.ts";
import type { Backtest } from "../runs/backtest/backtest.ts";
import type { BacktestRequest } from "../runs/backtest/plan.ts";
import type { NotProposed } from "../runs/backtest/propose-policy.ts";
import type { Flags } from "./command.ts";
import { howToMerge } from "./how-to-merge.ts";
import { pushHelp, pushOptions, sayingPublished } from "./publishing.ts";
import { limitHelp, limitOption } from "./limits.ts";

export const usage =
  "refit backtest <model> [--policy FILE]… [--search] [--propose] [--from DATE] [--to DATE] [--every DAYS] [--label-delay-days N] [--budget-minutes N] [--memory SIZE] [--limit NAME=NUMBER]… [--push|--no-push] [--json]";
export const summary =
  "Replay history night by night with other policies, and compare them with schedules and with never retraining.";
export const examples = [
  ["refit backtest churn", "the policy of model.yaml, compared with schedules and with never retraining"],
  ["refit backtest churn --search --propose", "search for a better policy, and propose it on a branch"],
] as const;
export const options = {
  policy: { type: "string", multiple: true },
  search: { type: "boolean" },
  propose: { type: "boolean" },
  from: { type: "string" },
  to: { type: "string" },
  every: { type: "string" },
  "label-delay-days": { type: "string" },
  "budget-minutes": { type: "string" },
  ...limitOption,
  ...pushOptions,
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  policy:
    "a file with keys of model.yaml that replace the model's own, such as `retrain` and `training`; may be repeated",
  search:
    "look for a better policy: training windows and holdouts on a few nights, then what is close to the best of them on all",
  propose: "propose what is chosen: a branch that changes these lines of model.yaml, and a pull request on GitHub",
  from: "the first night, such as 2024-01-31; default: when a fifth of the history has passed",
  to: "where the replay ends; default: at the newest row",
  every: "days between two nights; default: one day for a short history, else weeks",
  "label-delay-days": "how long after its row a label is known; default: 0",
  "budget-minutes": "stop after this many minutes; the same command goes on from there",
  ...limitHelp,
  ...pushHelp,
  json: "print the result as JSON, with every night",
};

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [model, ...more] = args;
  if (model === undefined || more.length > 0) throw new UsageError("backtest needs one model.", usage);
  const { backtest } = await import("../runs/backtest/backtest.ts");
  const request: BacktestRequest = {
    model,
    policies: await readFiles(ports, flags.policy ?? []),
    search: flags.search === true,
    propose: flags.propose === true,
    from: instantOf("from", flags.from),
    to: instantOf("to", flags.to),
    everyDays: numberOf("every", flags.every, 1),
    labelDelayDays: numberOf("label-delay-days", flags["label-delay-days"], 0) ?? 0,
    budgetMinutes: numberOf("budget-minutes", flags["budget-minutes"], 0),
  };
  const replayed = () => backtest(ports, request);
  const done = await (request.propose ? sayingPublished(ports, replayed) : replayed());
  const { result, proposal } = done;
  if (flags.json === true)
    ports.out.print(
      JSON.stringify((proposal === null ? result : { ...result, proposal }) satisfies BacktestAnswer, null, 2),
    );
  else for (const line of lines(done)) ports.out.print(line);
  const { cpuMinutes, made, asked } = done.cost;
  ports.out.notice(
    `${cpuMinutes.toFixed(1)} CPU minutes; ${made} of ${asked} trainings were run; the results of the others were kept from before.`,
  );
  return 0;
}

async function readFiles({ files }: Pick<Ports, "files">, names: readonly string[]) {
  const policies = [];
  for (const file of names) {
    const bytes = await files.read(path.resolve(file));
    if (bytes === null) throw new UsageError(`--policy ${file}: there is no such file.`, usage);
    policies.push({ file, text: decodeText(bytes) });
  }
  return policies;
}

function instantOf(name: string, words: string | undefined): number | null {
  if (words === undefined) return null;
  const at = Date.parse(words);
  if (Number.isNaN(at)) throw new UsageError(`--${name} ${words} is not a date such as 2024-01-31.`, usage);
  return at;
}

function numberOf(name: string, words: string | undefined, least: number): number | null {
  if (words === undefined) return null;
  const number = Number(words);
  if (!(number >= least)) throw new UsageError(`--${name} ${words} is not a number of at least ${least}.`, usage);
  return number;
}

function lines({ report, page, proposal }: Backtest): string[] {
  const told = terminalReport(report);
  const where = page === null ? [] : ["", `page: ${page}`];
  if (proposal === null) return [...told, ...where];
  if (!proposal.proposed) {
    const at = proposal.url === null ? "" : ` (${proposal.url})`;
    return [...told, ...where, "", `Nothing was proposed: ${whyNot[proposal.why]}${at}.`];
  }
  const { url, branch } = proposal;
  return [...told, ...where, "", `proposal: ${url}`, `to accept: ${howToMerge({ url, branch })}`];
}

const whyNot: Readonly<Record<NotProposed, string>> = {
  unfinished: "not all nights are replayed yet, or no policy was measured",
  keep: "the policy of model.yaml did best",
  refuted: "on the nights that the choice did not use, model.yaml as it is did better, beyond chance",
  moved: "model.yaml has changed during the replay; run the same command again",
  uncommitted: "the files of its candidates are not on the base branch as they were replayed; commit them first",
  declined: "a person has declined the same change before",
  held: "a person has approved the open proposal, or has added to it, so it was left alone",
};
