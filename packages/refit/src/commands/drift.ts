import { answerOf, type DriftAnswer } from "@refit/core/answers";
import { UsageError } from "@refit/core/errors";
import {
  acceptedWords,
  classifierSentence,
  driftCells,
  driftHeadings,
  driftReason,
  driftVerdictSentence,
  quoteForTerminal,
  type TableColumn,
  terminalText,
  visibleText,
} from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import { measureModelDrift } from "../runs/drift.ts";
import type { Flags } from "./command.ts";
import { printTable } from "./print-table.ts";
import { limitHelp, limitOption } from "./limits.ts";

export const usage = "refit drift <model> [--classifier] [--memory SIZE] [--limit NAME=NUMBER]… [--json]";
export const summary = "Compare new rows with the champion's training data.";
export const examples = [
  ["refit drift churn", "column by column"],
  ["refit drift churn --classifier", "and all features together"],
] as const;
export const options = { classifier: { type: "boolean" }, ...limitOption, json: { type: "boolean" } } as const;
export const optionHelp = {
  classifier: "also train a classifier to tell the new rows from the champion's, on all features together",
  ...limitHelp,
  json: "print findings and columns as JSON",
};

/** What is left out first where the terminal is narrow, last of these first. */
const spared: readonly string[] = ["importance", "role", "effect", "now", "then"];

const columns: readonly TableColumn[] = ["column", ...driftHeadings].map((title) =>
  spared.includes(title) ? { title, spare: spared.indexOf(title) } : { title },
);

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [model, ...more] = args;
  if (model === undefined || more.length > 0) throw new UsageError("drift needs one model.", usage);
  const repository = await ports.git.locate();
  for (const notice of repository.notices) ports.out.notice(notice);
  const request = { model, classifier: flags.classifier === true };
  const { hasChampion, newFiles, newRows, findings, drift, classifier, verdict } = await measureModelDrift(
    ports,
    repository,
    request,
  );
  if (flags.json === true) {
    const answer: DriftAnswer = {
      model,
      newFiles,
      newRows,
      findings: answerOf(findings),
      drifted: verdict.level >= 1,
      level: verdict.level,
      columns: drift,
      classifier,
    };
    ports.out.print(JSON.stringify(answer, null, 2));
    return 0;
  }
  if (!hasChampion) ports.out.print(`"${model}" has no champion, so there is nothing to compare new data with.`);
  else if (newRows === 0 && findings.every(({ code }) => code !== "rows-uncounted"))
    ports.out.print("No row is new since the champion was trained.");
  for (const finding of findings) {
    const { severity, code, message } = finding;
    ports.out.print(`${severity} ${code}: ${visibleText(message, 1000)}${terminalText(acceptedWords(finding))}`);
  }
  if (drift.length === 0) return 0;
  const rows = drift.map((column) => [quoteForTerminal(column.column), ...driftCells({ ...column, reason: null })]);
  printTable(ports.out, columns, rows);
  for (const column of drift) {
    const reason = driftReason(column);
    if (reason !== null) ports.out.print(`${quoteForTerminal(column.column)}: ${reason}.`);
  }
  if (classifier !== null) ports.out.print(terminalText(classifierSentence(classifier)));
  ports.out.print(driftVerdictSentence(verdict));
  return 0;
}
