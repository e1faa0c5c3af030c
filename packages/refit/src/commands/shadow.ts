import { UsageError } from "@refit/core/errors";
import { checkModelName } from "@refit/core/history";
import { quoteForTerminal, shadowSection, terminalSection, type ShadowAnswer } from "@refit/core/report";
import path from "node:path";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { shadow, type ShadowRun } from "../runs/shadow/shadow.ts";
import { fetched } from "../versions/fetched.ts";
import type { Flags } from "./command.ts";
import { pushHelp, pushOptions } from "./publishing.ts";

export const usage =
  "refit shadow <model> [--version vN] [--log FOLDER] [--rows NUMBER] [--push|--no-push] [--dry-run] [--json]";
export const summary =
  "Ask the version of the open proposal what the live one was asked, and show how their answers differ, below the report of the proposal.";
export const examples = [
  ["refit shadow churn", "the newest predictions in the folder predictions"],
  ["refit shadow churn --log /var/log/refit --rows 50000", "more of them, from another folder"],
  ["refit shadow churn --version v3 --json", "an earlier version, for programs"],
] as const;
const usualFolder = "predictions";
const usualRows = 10_000;
const mostRows = 1_000_000;
export const options = {
  version: { type: "string" },
  log: { type: "string" },
  rows: { type: "string" },
  ...pushOptions,
  "dry-run": { type: "boolean" },
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  version: "v3, or a tree id, in place of the open proposal; then nothing is written",
  log: `the folder that \`refit serve --log\` writes to; default: ${usualFolder}`,
  rows: "how many of the newest predictions are replayed, at most; default: 10000",
  ...pushHelp,
  "dry-run": "compare and print, and write nothing to the proposal",
  json: "print what was found as JSON",
};

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [model, ...more] = args;
  if (model === undefined || more.length > 0) throw new UsageError("shadow needs one model.", usage);
  checkModelName(model);
  const rows = rowsOf(flags.rows);
  const dryRun = flags["dry-run"] === true || flags.version !== undefined;
  const repository = await fetched(ports, dryRun, { tags: false });
  for (const notice of repository.notices) ports.out.notice(notice);
  const folder = path.resolve(ports.workTree.here, flags.log ?? usualFolder);
  const found = await shadow(ports, repository, { model, wanted: flags.version, folder, rows });
  const shown = dryRun ? null : await ensureShown(ports, repository, found);
  const answer: ShadowAnswer = { ...found.answer, shown };
  if (flags.json === true) ports.out.print(JSON.stringify(answer, null, 2));
  else for (const line of linesOf(answer, ports.out.width ?? null)) ports.out.print(line);
  return 0;
}

function rowsOf(word: string = String(usualRows)): number {
  const rows = /^\d{1,7}$/.test(word) ? Number(word) : 0;
  if (rows >= 1 && rows <= mostRows) return rows;
  throw new UsageError(`--rows ${quoteForTerminal(word)} is not a whole number from 1 to ${mostRows}.`, usage);
}

/** The section below the report of the proposal. What cannot be compared leaves an earlier one as it is. */
async function ensureShown(
  ports: Pick<Ports, "forge">,
  repository: Repository,
  { answer, proposal, digest }: ShadowRun,
): Promise<ShadowAnswer["shown"]> {
  if (proposal === null || answer.compared === null) return null;
  const section = shadowSection({ ...answer, shown: null });
  return ports.forge.ensureSection(repository, { model: answer.model, ...proposal, section, digest });
}

const shownWords = {
  created: "It is shown below the report of the proposal.",
  updated: "It is shown below the report of the proposal, in place of an earlier one.",
  unchanged: "The same is shown below the report of the proposal already.",
  none: "The proposal has no report of this version that it could be shown below; `refit run` writes it.",
} as const;

function linesOf(answer: ShadowAnswer, width: number | null): string[] {
  const { shown, compared, whyNot, model } = answer;
  if (compared === null) return [`${model}: nothing was compared. ${whyNot}`];
  return [...terminalSection(shadowSection(answer), width), ...(shown === null ? [] : ["", shownWords[shown]])];
}
