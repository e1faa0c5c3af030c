import type { LoadedVersion, Predictions, RowAnswer } from "@refit/runtime";
import { isInputInvalid, tookTooLong } from "./refused-request.ts";
import { rowCount, type RequestRows } from "./request-rows.ts";

/** Rows that a model answers while nothing else can happen. */
export const partRows = 1024;
/** Work goes on for so long before others have their turn, in milliseconds. */
const longTurn = 10;

/**
 * As `predictMany`, in parts, between which other requests are answered and the time that is left is looked at: a model computes on the thread
 * of the server, and cannot be interrupted.
 *
 * @param until instant of `performance.now()` at which no further part begins
 * @throws InputInvalidError, RefusedRequest where it takes too long; then no row is answered
 */
export async function predictInParts(version: LoadedVersion, rows: RequestRows, until: number): Promise<Predictions> {
  const count = rowCount(rows);
  if (count <= partRows) return version.predictMany(rows);
  const parts: Predictions[] = [];
  let turn = performance.now();
  for (let first = 0; first < count; first += partRows) {
    if (performance.now() - turn > longTurn) {
      await others();
      turn = performance.now();
      if (turn > until) throw tookTooLong();
    }
    parts.push(await answered(version, rows, first));
  }
  const values = new Float64Array(parts.reduce((sum, part) => sum + part.values.length, 0));
  let filled = 0;
  for (const part of parts) {
    values.set(part.values, filled);
    filled += part.values.length;
  }
  const answers = parts.flatMap((part): readonly RowAnswer[] => part.answers);
  return { ...parts[0]!, answers, values, ignored: ignoredOf(version, rows) };
}

/** What is wrong is told of all rows: they are checked before any is answered. */
async function answered(version: LoadedVersion, rows: RequestRows, first: number): Promise<Predictions> {
  try {
    return await version.predictMany(partOf(rows, first));
  } catch (error) {
    if (isInputInvalid(error)) return version.predictMany(rows);
    throw error;
  }
}

function partOf(rows: RequestRows, first: number): RequestRows {
  if (Array.isArray(rows)) return (rows as readonly object[]).slice(first, first + partRows) as typeof rows;
  const columns = Object.entries(rows as Readonly<Record<string, ArrayLike<unknown>>>);
  return Object.fromEntries(
    columns.map(([name, list]) => [name, Array.prototype.slice.call(list, first, first + partRows) as unknown[]]),
  );
}

const mostNames = 20;

function ignoredOf({ inputs }: LoadedVersion, rows: RequestRows): Predictions["ignored"] {
  const read = new Set(inputs.map(({ name }) => name));
  const given = Array.isArray(rows) ? (rows as readonly object[]) : [rows];
  const names = new Set(given.flatMap((each) => Object.keys(each).filter((name) => !read.has(name))));
  return { count: names.size, names: [...names].slice(0, mostNames) };
}

/** Timers, and requests that have come, have their turn. */
export async function others(): Promise<void> {
  await new Promise((settle) => setTimeout(settle));
}
