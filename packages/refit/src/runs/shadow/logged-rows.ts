import { flatName } from "@refit/core/history";
import { predictionLine } from "@refit/core/production";
import path from "node:path";
import type { Ports } from "../../ports/index.ts";
import { jsonOrNull } from "../../sealed-json.ts";
import { decodeText } from "../../text.ts";
import { hourFile } from "../forget-predictions.ts";

/** What was answered to a row. */
export type ServedPrediction = ReturnType<typeof predictionLine.parse>["prediction"];

/** A row that was answered. */
export interface LoggedRow {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** What versions answered to it, by their tree ids. */
  readonly answers: ReadonlyMap<string, ServedPrediction>;
}

export interface LoggedPart {
  /** The newest of them, newest first. */
  readonly rows: readonly LoggedRow[];
  /** That were opened. */
  readonly files: number;
  /** Lines that are not a prediction of this model. */
  readonly damaged: number;
  /** Lines whose id another line has, too. */
  readonly repeated: number;
}

/**
 * The newest rows of a model's prediction log. Files are read from the newest hour backwards, and each from its end, so that of a long log
 * little is read. Of lines with the same id the newest counts, whatever file it is in.
 *
 * @param folder absolute; what `refit serve --log` writes to.
 */
export async function newestLogged(
  { files }: Pick<Ports, "files">,
  folder: string,
  model: string,
  most: number,
): Promise<LoggedPart> {
  const own = path.join(folder, flatName(model));
  const found = new Map<string, LoggedRow>();
  const counts = { files: 0, damaged: 0, repeated: 0 };
  for (const [, names] of byHour(await files.list(own))) {
    for (const name of names) {
      counts.files += 1;
      const text = decodeText((await files.read(path.join(own, name))) ?? new Uint8Array());
      const { rows, damaged } = lastRows(text, model, most);
      counts.damaged += damaged;
      for (const row of rows) {
        const known = found.get(row.id);
        if (known !== undefined) counts.repeated += 1;
        if (known === undefined || isNewer(row, known)) found.set(row.id, row);
      }
    }
    if (found.size >= most) break;
  }
  const newest = [...found.values()].sort((a, b) => (isNewer(a, b) ? -1 : 1));
  return { rows: newest.slice(0, most), ...counts };
}

/** Names of files by their hour, the newest first: those of one hour belong together, since several processes may have answered. */
function byHour(entries: readonly { readonly path: string; readonly isFile: boolean }[]): [string, string[]][] {
  const hours = new Map<string, string[]>();
  for (const { path: name, isFile } of entries) {
    const [, hour] = hourFile.exec(name) ?? [];
    if (!isFile || hour === undefined) continue;
    hours.set(hour, [...(hours.get(hour) ?? []), name]);
  }
  return [...hours].sort(([a], [b]) => (a < b ? 1 : -1));
}

/** From the end of a file. */
function lastRows(text: string, model: string, most: number): { readonly rows: LoggedRow[]; readonly damaged: number } {
  const rows: LoggedRow[] = [];
  let damaged = 0;
  for (let end = text.length; end > 0 && rows.length < most;) {
    const start = text.lastIndexOf("\n", end - 1) + 1;
    const line = text.slice(start, end).trim();
    end = start - 1;
    if (line === "") continue;
    const row = rowOf(line, model);
    if (row === null) damaged += 1;
    else rows.push(row);
  }
  return { rows, damaged };
}

const otherVersion = predictionLine.pick({ version: true, prediction: true });

/** `null`: it is half a line, of a newer format, or of another model. */
function rowOf(line: string, model: string): LoggedRow | null {
  const value = jsonOrNull(line);
  const read = predictionLine.safeParse(value);
  if (!read.success || read.data.model !== model) return null;
  const { id, time, input, version, prediction } = read.data;
  // Where two versions were asked, the second one's answer stands beside the first.
  const other = otherVersion.safeParse((value as { readonly other?: unknown }).other);
  const answers = new Map(other.success ? [[other.data.version, other.data.prediction]] : []);
  return { id, time, input, answers: answers.set(version, prediction) };
}

/** In an order of all rows: by time, and of one time by id. */
function isNewer(a: LoggedRow, b: LoggedRow): boolean {
  const [first, second] = [Date.parse(a.time), Date.parse(b.time)];
  return first === second ? a.id > b.id : first > second;
}
