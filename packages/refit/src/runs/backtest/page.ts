import path from "node:path";
import type { BacktestResult } from "@refit/core/backtest";
import { markdownReport, type BacktestReport } from "@refit/core/report";
import type { Files } from "../../ports/files.ts";
import { encodeText } from "../../text.ts";

/** Writes the page of a replay, its picture and its numbers. @returns where the page is. */
export async function writePage(
  files: Pick<Files, "write">,
  folder: string,
  result: BacktestResult,
  { report, charts }: BacktestReport,
): Promise<string> {
  const place = (name: string) => path.join(folder, "page", name);
  await files.write(place("backtest.json"), encodeText(`${JSON.stringify(result, null, 2)}\n`), { lasting: false });
  for (const [file, { svg }] of charts) await files.write(place(file), encodeText(svg), { lasting: false });
  await files.write(place("backtest.md"), encodeText(markdownReport(report)), { lasting: false });
  return place("backtest.md");
}
