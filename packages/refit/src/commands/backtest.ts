import { UsageError } from "@refit/core/errors";
import { columns, quoteForTerminal } from "@refit/core/report";
import path from "node:path";
import type { Ports } from "../ports/index.ts";
import type { Backtest } from "../runs/backtest/backtest.ts";
import { coarseComparison, comparisonOf, type ComparisonTable } from "../runs/backtest/comparison.ts";
import { decodeText } from "../text.ts";
import type { Flags } from "./command.ts";
import { limitHelp, limitOption } from "./limits.ts";

export const usage =
  "refit backtest <model> [--policy FILE]… [--search] [--from DATE] [--to DATE] [--every DAYS] [--label-delay-days N] [--budget-minutes N] [--limit NAME=NUMBER]… [--json]";
export const summary =
  "Replay history night by night with other policies, and compare them with schedules and with never retraining.";
export const options = {
  policy: { type: "string", multiple: true },
  search: { type: "boolean" },
  from: { type: "string" },
  to: { type: "string" },
  every: { type: "string" },
  "label-delay-days": { type: "string" },
  "budget-minutes": { type: "string" },
  ...limitOption,
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  policy:
    "a file with keys of model.yaml that replace the model's own, such as `retrain` and `training`; may be repeated",
  search:
    "look for a better policy: training windows and holdouts on a few nights, then what is close to the best of them on all",
  from: "the first night, such as 2024-01-31; default: when a fifth of the history has passed",
  to: "where the replay ends; default: at the newest row",
  every: "days between two nights; default: one day for a short history, else weeks",
  "label-delay-days": "how long after its row a label is known; default: 0",
  "budget-minutes": "stop after this many minutes; the same command goes on from there",
  ...limitHelp,
  json: "print the result as JSON, with every night",
};

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [model, ...more] = args;
  if (model === undefined || more.length > 0) throw new UsageError("backtest needs one model.", usage);
  const { backtest } = await import("../runs/backtest/backtest.ts");
  const done = await backtest(ports, {
    model,
    policies: await readFiles(ports, flags.policy ?? []),
    search: flags.search === true,
    from: instantOf("from", flags.from),
    to: instantOf("to", flags.to),
    everyDays: numberOf("every", flags.every, 1),
    labelDelayDays: numberOf("label-delay-days", flags["label-delay-days"], 0) ?? 0,
    budgetMinutes: numberOf("budget-minutes", flags["budget-minutes"], 0),
  });
  if (flags.json === true) ports.out.print(JSON.stringify(done.result, null, 2));
  else for (const line of lines(done)) ports.out.print(line);
  const { cpuMinutes, made, asked } = done.cost;
  ports.out.notice(
    `${cpuMinutes.toFixed(1)} CPU minutes; ${made} of ${asked} trainings were run, the others are kept from before.`,
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

function lines({ result, page }: Backtest): string[] {
  const { model, primary, chosenOn, keptBack, planned, nights } = result;
  const coarse = coarseComparison(result);
  const searched = coarse === null ? [] : ["Search:", ...tableOf(coarse), ""];
  if (nights.length === 0)
    return [...searched, `${model}: the budget ended first. The same command goes on from there.`];
  return [
    ...searched,
    `${model}: ${nights.length} of ${planned} nights from ${result.from.slice(0, 10)} to ${result.to.slice(0, 10)}, every ${result.everyDays} days; ${primary} on rows that nobody had learned from.`,
    ...tableOf(comparisonOf(result, chosenOn, quoteForTerminal)),
    ...(keptBack === null
      ? []
      : [
          "",
          `Check of what was chosen, on nights from ${keptBack.from.slice(0, 10)} on that the choice did not use:`,
          ...tableOf(comparisonOf(result, keptBack, quoteForTerminal)),
        ]),
    ...advice(result),
    ...(page === null ? [] : ["", `page: ${page}`]),
  ];
}

/** A change of the spec lands by a person's commit, so it is printed and not written. */
function advice({ model, chosen, changes }: Backtest["result"]): string[] {
  if (chosen === null) return [];
  if (changes.length === 0) return ["", `Recommended: models/${model}/model.yaml as it is.`];
  const lined = (mark: string, text: string | null) =>
    text === null ? [] : text.split("\n").map((row) => `${mark} ${row}`);
  return [
    "",
    `Recommended for models/${model}/model.yaml (* above):`,
    ...changes.flatMap(({ before, after }) => [...lined("-", before), ...lined("+", after)]),
  ];
}

function tableOf({ head, rows, notes }: ComparisonTable): string[] {
  const named = rows.map(({ name, isChosen, cells }) => [isChosen ? `${name} *` : name, ...cells]);
  return [...columns([head, ...named]), ...notes];
}
