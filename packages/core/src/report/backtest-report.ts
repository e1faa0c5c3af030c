import type { BacktestResult, ComparedLine, LineSummary, Stretch } from "../backtest/index.ts";
import type { Chart } from "./charts/chart.ts";
import { lineChart } from "./charts/line-chart.ts";
import { formatNumber } from "./format-number.ts";
import { counted } from "./number-text.ts";
import { keepAlways, paragraph, tableOf, type Block, type Report, type Section } from "./section.ts";
import { day } from "./sentences.ts";
import { code, data, say, strong, type Text } from "./text.ts";

/** What a replay of the past came to, for people: its page, its terminal and its pull request say the same. */
export interface BacktestReport {
  readonly report: Report;
  readonly charts: ReadonlyMap<"policies.svg", Chart>;
}

export function backtestReport(result: BacktestResult, specFile: string): BacktestReport {
  const chart = chartOf(result);
  const sections = [choice(result, chart), check(result), recommended(result, specFile), coarse(result)];
  return {
    report: {
      format: 1,
      model: result.model,
      headline: headline(result),
      sections: sections.filter((section) => section !== null),
    },
    charts: new Map(chart === null ? [] : [["policies.svg", chart]]),
  };
}

function headline(result: BacktestResult): Report["headline"] {
  const { model, nights, planned, everyDays, labelDelayDays, primary, from, to, chosen, changes, lowers } = result;
  const delay = labelDelayDays === 0 ? "" : `, labels known after ${labelDelayDays} days`;
  const span = `${day(Date.parse(from))} to ${day(Date.parse(to))}`;
  const isDone = nights.length === planned;
  const end = isDone ? "" : " The budget ended first; the same command goes on from there.";
  const verdict =
    chosen === null
      ? say`${strong(model)}: no policy is chosen yet.`
      : changes.length === 0
        ? say`${strong(model)}: keep ${code("model.yaml")} as it is.`
        : say`${strong(model)}: another policy did better, ${nameOf(result, chosen)}.`;
  return {
    verdict,
    number: numberOf(result),
    reason: say`${nights.length} of ${planned} nights, ${span}, every ${everyDays} days${delay}; ${primary} on rows that nobody had learned from.${end}`,
    objections: [...worseInCheck(result), ...lowers.map((clause) => say`It lowers a requirement: ${data(clause)}.`)],
  };
}

function nameOf({ chosenOn }: BacktestResult, id: string): Text {
  const line = chosenOn.lines.find((each) => each.id === id);
  return line === undefined ? [id] : shownName(line);
}

/** Policies are named by people; schedules and the like are not. */
function shownName({ id, kind, name }: LineSummary): Text {
  return kind !== "policy" ? [name] : id === "today" ? [code(name)] : [data(name)];
}

/** What was chosen beside today's policy, where the choice did not look, or else where it did. */
function numberOf({ chosen, chosenOn, keptBack, primary }: BacktestResult): Text | null {
  const { lines } = keptBack ?? chosenOn;
  const [best, today] = [chosen, "today"].map((id) => lines.find((line) => line.id === id));
  const value = best?.metrics[primary];
  if (value === undefined || today === undefined) return null;
  const where = keptBack === null ? "on the nights of the choice" : "on the nights that the choice did not use";
  const beside =
    best === today
      ? []
      : say`, ${today.metrics[primary] === undefined ? "–" : formatNumber(today.metrics[primary])} with ${code("model.yaml")} as it is`;
  return say`${primary} ${formatNumber(value)} ${where}, with ${counted(best!.retrains, "retrain")}${beside}.`;
}

function worseInCheck({ chosen, keptBack, primary }: BacktestResult): Text[] {
  const chosenLine = keptBack?.lines.find(({ id }) => id === chosen);
  const rivals = keptBack === null ? [] : ["today", "never", "no-change", keptBack.bestSchedule];
  return rivals.flatMap((id) => {
    const difference = id === null ? null : chosenLine?.against[id];
    if (!difference || difference.mean >= 0) return [];
    const name = shownName(keptBack!.lines.find((line) => line.id === id)!);
    return [
      say`On the nights that the choice did not use, it did worse than ${name}: ${primary} by ${interval(difference)}.`,
    ];
  });
}

function choice(result: BacktestResult, chart: Chart | null): Section {
  const { chosenOn } = result;
  const picture: Block[] = chart === null ? [] : [{ kind: "chart", file: "policies.svg", words: chart.words }];
  return {
    id: "choice",
    title: `${spanOf(chosenOn)}: policies were chosen here`,
    body: [...picture, ...tablesOf(result, chosenOn)],
    keep: 90,
  };
}

function check(result: BacktestResult): Section | null {
  const { keptBack } = result;
  if (keptBack === null) return null;
  return {
    id: "check",
    title: `${spanOf(keptBack)}: check of what was chosen, on nights that the choice did not use`,
    body: tablesOf(result, keptBack),
    keep: 95,
  };
}

const spanOf = ({ from, until }: Stretch) => `${day(Date.parse(from))} to ${day(Date.parse(until))}`;

function recommended({ chosen, changes }: BacktestResult, file: string): Section | null {
  if (chosen === null) return null;
  const lines = changes.flatMap(({ before, after }): Text[] => [
    ...(before === null ? [] : [say`now: ${data(before)}`]),
    after === null ? say`then: nothing in its place` : say`then: ${data(after)}`,
  ]);
  const body: Block[] =
    lines.length === 0
      ? [paragraph(say`${code(file)} as it is.`)]
      : [paragraph(say`In ${code(file)}:`), { kind: "list", items: lines }];
  return { id: "recommended", title: "Recommended", body, keep: keepAlways };
}

/** The few nights on which a search compared windows and holdouts, before it replayed all nights. */
function coarse({ search, primary }: BacktestResult): Section | null {
  if (search === null) return null;
  const { lines, planned, nights, everyDays, best } = search;
  const how = say`${nights} of ${planned} nights, every ${everyDays} days, with a retrain on each.`;
  const went = best === null ? [] : say` Went on to all nights: ${best}, and what is close to it.`;
  const rows = lines.map((line) => [[data(line.name)], valueOf(line, primary), ...countsOf(line)]);
  return {
    id: "search",
    title: "The search before that",
    body: [tableOf(["", primary, ...countHeads], rows), paragraph([...how, ...went])],
    keep: 50,
  };
}

const countHeads = ["retrains", "merged", "refused", "data blocks"];

function tablesOf({ primary, chosen }: BacktestResult, stretch: Stretch): Block[] {
  const { lines, bestSchedule } = stretch;
  const best = lines.find(({ id }) => id === bestSchedule);
  const rivals = [{ id: "never", name: "never" }, ...(best === undefined ? [] : [best])];
  const nameCell = (line: ComparedLine): Text =>
    line.id === chosen ? [strong("chosen:"), " ", ...shownName(line)] : shownName(line);
  const rows = lines.map((line) => [
    nameCell(line),
    valueOf(line, primary),
    ...rivals.map(({ id }) => (line.against[id] ? interval(line.against[id]) : "")),
    ...countsOf(line),
  ]);
  const heads = ["", primary, ...rivals.map(({ name }) => `over ${name} (95 %)`), ...countHeads];
  return [tableOf(heads, rows), ...otherMetrics(primary, lines), ...notesOf(primary, stretch)];
}

/** Another metric may see what the primary one cannot, such as that the level has moved. */
function otherMetrics(primary: BacktestResult["primary"], lines: readonly ComparedLine[]): Block[] {
  const names = [...new Set(lines.flatMap(({ metrics }) => Object.keys(metrics)))].filter((name) => name !== primary);
  if (names.length === 0) return [];
  const rows = lines.map((line) => [shownName(line), ...names.map((name) => valueOf(line, name))]);
  return [tableOf(["", ...names], rows)];
}

/** Nights that are not measured, policies none of whose models went live, and nights that ended with an error. */
function notesOf(primary: BacktestResult["primary"], { lines, measured, nights }: Stretch): Block[] {
  const unmeasured = say`${primary} is measured on ${measured} of ${nights} nights, those on which every row of the table had a model.`;
  const failed = lines.filter(({ failures }) => failures > 0);
  const neverLive = lines.filter(({ metrics, refusedFor }) => metrics[primary] === undefined && refusedFor.length > 0);
  return [
    ...(measured === nights ? [] : [paragraph(unmeasured)]),
    ...neverLive.map((line) =>
      paragraph(
        say`${shownName(line)}: no model ever went live; ${line.refusals} of ${line.retrains} were refused, most of them for ${code(line.refusedFor[0]!)}.`,
      ),
    ),
    ...failed.map((line) =>
      paragraph(
        say`${shownName(line)}: ${line.failures} of ${nights} nights ended with an error, which backtest.json names.`,
      ),
    ),
  ];
}

function valueOf({ metrics }: LineSummary, name: BacktestResult["primary"]): string {
  return metrics[name] === undefined ? "–" : formatNumber(metrics[name]);
}

function countsOf({ retrains, promotions, refusals, dataBlocks }: LineSummary): string[] {
  return [retrains, promotions, refusals, dataBlocks].map(String);
}

function interval({ mean, low, high }: { readonly mean: number; readonly low: number; readonly high: number }): string {
  return `${formatNumber(mean)} (${formatNumber(low)} to ${formatNumber(high)})`;
}

/** What was chosen, today's policy, and what they are compared with. `null`: nothing was replayed. */
function chartOf({ primary, nights, chosen, chosenOn }: BacktestResult): Chart | null {
  const ids = [...new Set([chosen, "today", "never", chosenOn.bestSchedule, "no-change"])];
  const series = ids.flatMap((id) => {
    const line = chosenOn.lines.find((each) => each.id === id);
    if (line === undefined) return [];
    return [{ name: line.name, values: nights.map(({ lines }) => lines[line.id]?.metrics?.[primary] ?? null) }];
  });
  if (nights.length === 0) return null;
  const xLabels = nights.map(({ at }) => at.slice(0, 10));
  return lineChart({ title: `${primary} of what was live, on rows that came next`, xLabels, series });
}
