import { appendFile, mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { error, setOutput, warning } from "@actions/core";
import { cutMarkdown, fitReport, markdownReport, type ChartPlace } from "@refit/core/report";
import type { ProcessEnvironment } from "./child-environment.ts";
import type { ModelReport, Note, SummaryPiece, Result } from "./result.ts";

/** GitHub drops a summary over 1 MiB and shows the job green; a UTF-16 unit is at most three bytes. */
const mostCharacters = 300_000;
/** GitHub shows this many of each severity per step. */
const mostNotes = 10;

/** Sets every output, also the empty ones, so that a later step never reads one of an earlier run. */
export async function publishOutputs(result: Result, env: ProcessEnvironment): Promise<void> {
  const { pullRequests, foremost } = result;
  const pullRequest = pullRequests.find(({ model }) => foremost === null || model === foremost);
  const paths = await writeReports(result.reports, env);
  setOutput("decision", result.decision);
  setOutput("models", JSON.stringify(result.models));
  setOutput("pull-request-number", numberOf(pullRequest?.url ?? "")?.toString() ?? "");
  setOutput("pull-request-url", pullRequest?.url ?? "");
  setOutput("pull-request-operation", pullRequest?.operation ?? "none");
  setOutput("pull-requests", JSON.stringify(pullRequests.map((each) => ({ ...each, number: numberOf(each.url) }))));
  setOutput("verdict", result.verdict ?? "");
  setOutput("version", result.version ?? "");
  setOutput("candidates", result.candidates ?? "");
  setOutput("matrix", result.matrix === null ? "" : JSON.stringify(result.matrix));
  setOutput("any", anyOf(result));
  setOutput("reason", result.asked !== null && result.asked.models.length > 0 ? result.asked.reason : "");
  setOutput("report-path", (foremost !== null && paths.get(foremost)) || "");
}

/** Whether there is something to do for the next job; empty where that is not what the command tells. */
function anyOf({ matrix, asked, decision }: Result): string {
  if (matrix !== null) return String(matrix.include.length > 0);
  if (asked !== null) return "true";
  return decision === "shown" ? "false" : "";
}

function numberOf(url: string): number | null {
  const number = /\/pull\/(\d+)$/.exec(url)?.[1];
  return number === undefined ? null : Number(number);
}

async function writeReports(
  reports: ReadonlyMap<string, ModelReport>,
  env: ProcessEnvironment,
): Promise<Map<string, string>> {
  const folder = path.join(env["RUNNER_TEMP"] || tmpdir(), "refit-reports");
  const paths = new Map<string, string>();
  for (const [model, { report, kept }] of reports) {
    const file = path.join(folder, `${model.replaceAll("/", "--")}.md`);
    await mkdir(folder, { recursive: true });
    await writeFile(file, markdownReport(report, chartPlace(kept, env)));
    paths.set(model, file);
  }
  return paths;
}

export function annotate(notes: readonly Note[]): void {
  for (const [severity, show] of Object.entries({ error, warning })) {
    for (const { title, message, file, line } of notes
      .filter((note) => note.severity === severity)
      .slice(0, mostNotes)) {
      show(message, {
        title,
        ...(file === null ? {} : { file }),
        ...(line === null ? {} : { startLine: line }),
      });
    }
  }
}

/**
 * Outside of a runner there is no summary, and that is no failure.
 *
 * @param share of the room: the commands of one step write into one summary.
 */
export async function publishSummary(
  pieces: readonly SummaryPiece[],
  env: ProcessEnvironment,
  share: number,
): Promise<void> {
  const file = env["GITHUB_STEP_SUMMARY"];
  if (!file || pieces.length === 0) return;
  const room = Math.floor(mostCharacters * share);
  const each = Math.max(1000, Math.floor(room / pieces.length) - separator.length);
  const texts = pieces.map((piece) => pieceText(piece, each, env).trimEnd());
  await appendFile(file, `${cutMarkdown(texts.join(separator), room, null)}\n`);
}

const separator = "\n\n---\n\n";

/** @param most characters. */
function pieceText({ lead, report, kept }: SummaryPiece, most: number, env: ProcessEnvironment): string {
  if (report === null) return cutMarkdown(lead, most, null);
  const above = lead === "" ? "" : `${lead}\n\n`;
  const url = fileUrl(kept, "report.md", env);
  return above + fitReport(report, { limit: most - above.length, url, chartAt: chartPlace(kept, env) });
}

/** The charts as the ledger has them. */
function chartPlace(kept: SummaryPiece["kept"], env: ProcessEnvironment): ChartPlace {
  return (file) => {
    const url = fileUrl(kept, file, env);
    return url === null ? null : `${url}?raw=true`;
  };
}

/** A file beside the report, as GitHub shows it. */
function fileUrl(kept: SummaryPiece["kept"], file: string, env: ProcessEnvironment): string | null {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = env;
  if (kept === null || !server || !repository) return null;
  return `${server}/${repository}/blob/${kept.commit}/${path.posix.dirname(kept.path)}/${file}`;
}
