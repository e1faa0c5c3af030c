import path from "node:path";
import { parseReport, type Report } from "@refit/core/report";
import type { Git } from "../ports/git.ts";
import type { KeptReport } from "../ports/kept-report.ts";
import { decodeText } from "../text.ts";

/** The value beside the page. @returns `null` where there is none, or nothing that can be read. @throws FormatNewerError */
export async function readKeptReport(git: Git, kept: KeptReport): Promise<Report | null> {
  const file = `${path.posix.dirname(kept.path)}/report.json`;
  const [bytes] = await git.read([`${kept.commit}:${file}`]);
  return bytes ? parseReport(`${file} on the branch \`refit-ledger\``, decodeText(bytes)) : null;
}
