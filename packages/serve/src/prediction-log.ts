import { hashedKey, hashedShare } from "./hashed.ts";
import { keyTextOf } from "./bucket.ts";
import { keyValues } from "./row-values.ts";
import { answerId, loggedCount, loggedLine, type LoggedRows, type LoggedColumns } from "./logged-line.ts";

/** Where answers are written down. */
export interface PredictionLog {
  /** Takes what was answered and returns at once: it never throws, and what does not fit into memory is dropped and counted. */
  note(answered: LoggedRows): void;
  readonly counts: Readonly<LogCounts>;
  /** Writes what was noted, until that fails. */
  close(): Promise<void>;
}

/** Rows, since the log was opened. */
interface LogCounts {
  written: number;
  /** There was no room for them in memory, since what takes them is too slow. */
  dropped: number;
  /** What takes them has failed, or their lines could not be made. */
  failed: number;
  /** Not in the sample. */
  left: number;
}

/** A line on its way. */
export interface LoggedText {
  readonly model: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly id: string;
  /** JSON without a line break. */
  readonly text: string;
}

/** What takes the lines of a log. */
export interface LogSink {
  /** @throws where they could not be written; they are not brought again */
  write(lines: readonly LoggedText[]): Promise<void>;
  close(): Promise<void>;
}

export interface LogOptions {
  /** Of the answers that are written down, 0 to 1, chosen by a hash of their ids; left out: 1. */
  readonly share?: number;
  /** Of a model; left out: all inputs, and no key. */
  readonly columns?: (model: string) => LoggedColumns;
  /** Keys are written as HMAC with this salt, or as they are; left out: not at all. */
  readonly keys?: { readonly salt: string } | "plain";
  /** Rows that may wait; left out: 20,000. */
  readonly mostRows?: number;
  /** Told the first time that lines could not be written, and the first time after they could. */
  readonly onError?: (error: unknown) => void;
}

/** Answers whose lines are not written yet. */
interface WaitingRows {
  readonly answered: LoggedRows;
  /** How many of its rows were taken. */
  taken: number;
}

/** Most lines that are written together. */
const atOnce = 256;
/** What has failed is left alone for so long, in milliseconds. */
const pause = 1000;
const everything: LoggedColumns = { key: [], omit: [] };

/** A log whose lines a sink takes. The lines are made after the answers went out. */
export function predictionLog(sink: LogSink, options: LogOptions = {}): PredictionLog {
  const { mostRows = 20_000, onError = () => {} } = options;
  const counts: LogCounts = { written: 0, dropped: 0, failed: 0, left: 0 };
  const waiting: WaitingRows[] = [];
  let rows = 0;
  let draining: Promise<void> | null = null;
  let closed = false;
  let hasFailed = false;

  const write = async (taken: readonly TakenRow[]): Promise<boolean> => {
    let failing = taken.length;
    try {
      const lines = await linesOf(taken, options);
      counts.left += taken.length - lines.length;
      failing = lines.length;
      if (lines.length === 0) return true;
      await sink.write(lines);
      counts.written += lines.length;
      hasFailed = false;
      return true;
    } catch (error) {
      counts.failed += failing;
      if (!hasFailed) onError(error);
      hasFailed = true;
      return false;
    }
  };
  const drain = async () => {
    while (waiting.length > 0) {
      const taken = takeRows(waiting);
      const isDone = await write(taken);
      rows -= taken.length;
      if (isDone) continue;
      // A server that ends cannot wait again and again for what takes no lines.
      if (closed) return;
      await new Promise((settle) => setTimeout(settle, pause));
    }
  };
  return {
    counts,
    note(answered) {
      const length = loggedCount(answered);
      if (length === 0) return;
      if (closed || rows + length > mostRows) {
        counts.dropped += length;
        return;
      }
      rows += length;
      waiting.push({ answered, taken: 0 });
      draining ??= drain().finally(() => {
        draining = null;
      });
    },
    async close() {
      closed = true;
      await draining;
      counts.failed += rows;
      await sink.close();
    },
  };
}

interface TakenRow {
  readonly answered: LoggedRows;
  readonly row: number;
}

/** Takes rows from the front. */
function takeRows(waiting: WaitingRows[]): readonly TakenRow[] {
  const taken: TakenRow[] = [];
  for (let [first] = waiting; first !== undefined && taken.length < atOnce; [first] = waiting) {
    const { answered } = first;
    taken.push({ answered, row: answered.chosen?.[first.taken] ?? first.taken });
    first.taken += 1;
    if (first.taken === loggedCount(answered)) waiting.shift();
  }
  return taken;
}

/** Of those that are in the sample. */
async function linesOf(taken: readonly TakenRow[], options: LogOptions): Promise<readonly LoggedText[]> {
  const lines: LoggedText[] = [];
  for (const each of taken) {
    const line = await lineOf(each, options);
    if (line !== null) lines.push(line);
  }
  return lines;
}

/** `null`: it is not in the sample. */
async function lineOf({ answered, row }: TakenRow, options: LogOptions): Promise<LoggedText | null> {
  const { share = 1, columns = () => everything, keys } = options;
  const id = answerId(answered, row);
  if (share < 1 && hashedShare(id) >= share) return null;
  const { model } = answered.version;
  const { key, omit } = columns(model);
  const values = keys === undefined ? null : keyValues(answered.sent, answered.places?.[row] ?? row, key);
  const written = values === null || keys === undefined ? null : await keyText(values, keys);
  const line = await loggedLine(answered, row, { omit, key: written });
  return { model, at: answered.at, id, text: JSON.stringify(line) };
}

async function keyText(values: readonly string[], keys: NonNullable<LogOptions["keys"]>): Promise<string> {
  return keys === "plain" ? keyTextOf(values) : hashedKey(values, keys.salt);
}
