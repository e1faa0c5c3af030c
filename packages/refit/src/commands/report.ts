import path from "node:path";
import { UsageError } from "@refit/core/errors";
import { flatName } from "@refit/core/history";
import { reportFile, terminalReport } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import { findReport, reportAsHtml, type FoundReport } from "../runs/find-report.ts";
import type { Flags } from "./command.ts";

export const usage = "refit report [model[@vN|@RUN]] [--last] [--output FILE] [--open] [--json]";
export const summary =
  "Show the report of a run: of the one that led to the live version or to vN, of the last one, or of one that `refit history` lists.";
export const examples = [
  ["refit report churn", "of the run that led to the live version"],
  ["refit report churn --last --open", "of the last run, in the browser"],
  ["refit report churn@v3 --output report.html", "as one HTML file"],
] as const;
export const options = {
  last: { type: "boolean" },
  output: { type: "string" },
  open: { type: "boolean" },
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  last: "the last run that left a report, also one that was rejected or blocked",
  output: "write it to this file, as one self-contained HTML page with its charts",
  open: "write it as such a page, and open it in the browser",
  json: "print the report as JSON (`refit schema report`)",
};

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [word, ...more] = args;
  if (more.length > 0) throw new UsageError("report takes at most one model.", usage);
  const [model, wanted] = (word ?? "").split("@") as [string, string | undefined];
  if (wanted !== undefined && flags.last === true)
    throw new UsageError(`--last and @${wanted} name different runs; give one of them.`, usage);
  if (wanted !== undefined && !/^(v[1-9]\d*|[0-9a-f]{8}(-data|-\d+)?)$/.test(wanted))
    throw new UsageError(`@${wanted} is neither a version, such as @v3, nor a run that refit history lists.`, usage);
  const repository = await ports.git.locate();
  const found = await findReport(ports, repository, {
    model: model === "" ? null : model,
    wanted: flags.last === true ? "last" : (wanted ?? "live"),
  });
  if (flags.json === true) {
    ports.out.print(reportFile(found.report).trimEnd());
    return 0;
  }
  if (flags.output === undefined && flags.open !== true) {
    for (const line of terminalReport(found.settled, ports.out.width)) ports.out.print(line);
    return 0;
  }
  await writePage(ports, { commonDir: repository.commonDir, found, flags });
  return 0;
}

async function writePage(
  ports: Ports,
  { commonDir, found, flags }: { readonly commonDir: string; readonly found: FoundReport; readonly flags: Flags },
): Promise<void> {
  const file =
    flags.output === undefined
      ? path.join(commonDir, "refit", "reports", `${flatName(found.model)}-${found.run}.html`)
      : path.resolve(ports.workTree.here, flags.output);
  await ports.files.write(file, await reportAsHtml(ports, found));
  ports.out.print(file);
  if (flags.open !== true) return;
  const program = await ports.opener.open(file);
  if (program === null) ports.out.notice(`No program to open it with was found; open ${file} in a browser.`);
}
