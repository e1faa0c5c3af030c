import {
  invalidInput,
  type InputColumns,
  type InputProblem,
  type InputRecord,
  type LoadedVersion,
} from "@refit/runtime";
import { RefusedRequest } from "./refused-request.ts";
import { rowCount, type RequestRows } from "./request-rows.ts";
import type { ServedCanary } from "./served-canary.ts";

type ViewColumns = LoadedVersion["inputs"];

/** The newest values of a feature view by key, of one file, as a model reads them. */
export interface ViewRows {
  /** Of the file's bytes. */
  readonly sha256: string;
  readonly rows: number;
  /** Time of its newest row, ISO 8601; `null`: there is none. */
  readonly newest: string | null;
  /** When the file was written, ISO 8601. */
  readonly writtenAt: string;
  /** What a caller names a row by. */
  readonly key: ViewColumns;
  /** What a row has besides: names of inputs of the model. */
  readonly columns: readonly string[];
  /** @param keys values in the order of `key`. @returns of each its row, or `null` where there is none. */
  lookup(keys: readonly ViewKey[]): LookedUpRows | Promise<LookedUpRows>;
}

export type ViewKey = readonly (string | number | boolean)[];
type LookedUpRows = readonly (InputRecord | null)[];

/** A view whose values fill up the rows of requests. */
export interface ServedView {
  readonly name: string;
  /** What is looked up now; a request that has taken it keeps it to its end. */
  readonly rows: ViewRows;
  /** Why the file may hold other values by now, in a sentence for the log; `null`: it does not. */
  readonly stale: string | null;
}

/** What an answer says of the view that its rows came from. */
export interface UsedView extends Pick<ViewRows, "sha256" | "newest" | "writtenAt"> {
  readonly name: string;
  readonly stale: boolean;
  /** Rows whose key the view has, and rows whose key it has not: they were answered with missing values. */
  readonly found: number;
  readonly absent: number;
  /** Columns of the view that some of these rows had themselves: those values count. */
  readonly own: readonly string[];
}

/** What becomes of a row whose key the view does not have. */
export type AbsentKeys = "refuse" | "missing";

/** @throws RefusedRequest for another word */
export function absentKeysOf(word: unknown): AbsentKeys {
  if (word === undefined || word === "refuse") return "refuse";
  if (word === "missing") return "missing";
  throw new RefusedRequest(400, "body-invalid", '"absentKeys" is "refuse", which is the default, or "missing".');
}

/** What a list of models says of one. */
export function viewSummary({ name, stale, rows: { sha256, rows, newest, writtenAt, key } }: ServedView): object {
  return { name, sha256, rows, newest, writtenAt, key, stale: stale !== null };
}

/** Columns of a request that mean something: inputs, those of the key, and what only the canary reads. */
export function readColumns({
  version: { inputs },
  view,
  canary,
}: {
  readonly version: LoadedVersion;
  readonly view?: ServedView;
  readonly canary?: ServedCanary | null;
}): ViewColumns {
  const more = [...(view?.rows.key ?? []), ...(canary?.loaded?.version.inputs ?? [])];
  return [...inputs, ...more.filter(({ name }) => inputs.every((input) => input.name !== name))];
}

const mostNamed = 20;

interface Lookup {
  readonly view: ServedView;
  readonly inputs: ViewColumns;
  readonly absentKeys: AbsentKeys;
}

/**
 * Rows with what the view has of their keys. A row is looked up where it has a value for each column of the key and lacks a column of the view;
 * what it has itself counts. All others stay as they are. A key that is sent has to be of its type, also where it is not looked up: so the
 * description says it.
 *
 * @returns `used`: `null` where no row was looked up.
 * @throws InputInvalidError for a key of another type; RefusedRequest for one that the view does not have
 */
export async function fillUp(
  given: RequestRows,
  lookup: Lookup,
): Promise<{ readonly rows: RequestRows; readonly used: UsedView | null }> {
  const { name, stale, rows } = lookup.view;
  // One file answers the whole request, whatever replaces it meanwhile.
  const content = { ...lookup, rows };
  await checkKeys(given, rows.key);
  const filled = Array.isArray(given)
    ? await filledRecords(given as readonly InputRecord[], content)
    : await filledColumns(given as InputColumns, content);
  if (filled === null) return { rows: given, used: null };
  const { sha256, newest, writtenAt } = rows;
  const { found, absent, own } = filled;
  // Columns without rows have got those of the view, and looked nothing up.
  const isUsed = found + absent > 0;
  const used = isUsed ? { name, sha256, newest, writtenAt, stale: stale !== null, found, absent, own } : null;
  return { rows: filled.filled, used };
}

interface Filled extends Pick<UsedView, "found" | "absent" | "own"> {
  readonly filled: RequestRows;
}

type ContentLookup = Lookup & { readonly rows: ViewRows };

async function filledRecords(records: readonly InputRecord[], lookup: ContentLookup): Promise<Filled | null> {
  const { key, columns } = lookup.rows;
  const places = [...records.keys()].filter((row) => {
    const has = (name: string) => Object.hasOwn(records[row]!, name);
    return key.every((each) => has(each.name)) && !columns.every(has);
  });
  if (places.length === 0) return null;
  const looked = await rowsOf(places, (row) => key.map(({ name }) => records[row]![name]), lookup);
  const filled = [...records];
  for (const [i, row] of places.entries()) filled[row] = { ...looked.values[i], ...withoutKey(records[row]!, lookup) };
  const own = columns.filter((name) => places.some((row) => Object.hasOwn(records[row]!, name)));
  return { ...looked, filled, own };
}

async function filledColumns(sent: InputColumns, lookup: ContentLookup): Promise<Filled | null> {
  const { key, columns } = lookup.rows;
  const has = (name: string) => Object.hasOwn(sent, name);
  const count = rowCount(sent);
  if (!key.every(({ name }) => has(name)) || columns.every(has)) return null;
  const places = Array.from({ length: count }, (_, row) => row);
  const looked = await rowsOf(places, (row) => key.map(({ name }) => sent[name]![row]), lookup);
  const lacking = columns.filter((name) => !has(name));
  const found = Object.fromEntries(lacking.map((name) => [name, looked.values.map((record) => record[name])]));
  return { ...looked, filled: { ...found, ...withoutKey(sent, lookup) }, own: columns.filter(has) };
}

/** A key that is not an input has been read, so that it does not count as ignored. */
function withoutKey<Row extends object>(row: Row, { rows: { key }, inputs }: ContentLookup): Row {
  const spent = key.filter(({ name }) => inputs.every((input) => input.name !== name)).map(({ name }) => name);
  if (spent.length === 0) return row;
  return Object.fromEntries(Object.entries(row).filter(([name]) => !spent.includes(name))) as Row;
}

interface LookedUp extends Pick<UsedView, "found" | "absent"> {
  readonly values: readonly InputRecord[];
}

/** @param places numbers of the rows that are looked up. */
async function rowsOf(
  places: readonly number[],
  keyOf: (row: number) => readonly unknown[],
  { view: { name }, rows, absentKeys }: ContentLookup,
): Promise<LookedUp> {
  const keys = places.map(keyOf);
  const known = keys.filter((key): key is ViewKey => !key.includes(null));
  const looked = (await rows.lookup(known))[Symbol.iterator]();
  const found = keys.map((key) => (key.includes(null) ? null : (looked.next().value as InputRecord | null)));
  const absent = places.filter((_, i) => found[i] === null);
  if (absent.length > 0 && absentKeys === "refuse") throw unknownKeys(name, rows.key, absent);
  const missing = Object.fromEntries(rows.columns.map((column) => [column, null]));
  return { found: places.length - absent.length, absent: absent.length, values: found.map((row) => row ?? missing) };
}

const kinds = {
  string: ["string", "a text"],
  boolean: ["boolean", "true or false"],
  integer: ["number", "a number"],
  number: ["number", "a number"],
} as const;

/** @throws InputInvalidError */
async function checkKeys(given: RequestRows, columns: ViewColumns): Promise<void> {
  const problems = columns.flatMap(({ name, type }): InputProblem[] => {
    const [kind, expected] = kinds[type as keyof typeof kinds];
    return sentValues(given, name).flatMap((value, row) => {
      if (value === null || value === undefined || typeof value === kind) return [];
      return [{ row, column: name, expected, found: kindOf(value), nearest: null }];
    });
  });
  if (problems.length > 0)
    throw await invalidInput(problems.slice(0, mostNamed), Math.max(0, problems.length - mostNamed));
}

/** Of a column; `undefined` in rows that do not have it. */
function sentValues(given: RequestRows, name: string): readonly unknown[] {
  if (Array.isArray(given)) {
    return (given as readonly InputRecord[]).map((record) => (Object.hasOwn(record, name) ? record[name] : undefined));
  }
  const columns = given as InputColumns;
  return Object.hasOwn(columns, name) ? Array.from(columns[name]!) : [];
}

function kindOf(value: unknown): string {
  if (typeof value === "string") return "a text";
  if (typeof value === "number") return "a number";
  return Array.isArray(value) ? "a list" : `${typeof value === "object" ? "an" : "a"} ${typeof value}`;
}

function unknownKeys(view: string, key: ViewColumns, absent: readonly number[]): RefusedRequest {
  const named = absent.slice(0, mostNamed).join(", ");
  const more = absent.length > mostNamed ? ` and ${absent.length - mostNamed} more` : "";
  const names = key.map(({ name }) => JSON.stringify(name)).join(", ");
  const rows = `${absent.length === 1 ? "row" : "rows"} ${named}${more}`;
  const remedy =
    'Send the columns of such a row yourself, null where there is no value, or "absentKeys": "missing" to have all of them missing.';
  return new RefusedRequest(
    422,
    "key-unknown",
    `The view ${view} has no row for the key (${names}) of ${rows}. ${remedy}`,
    `The key of ${rows} is not known.`,
  );
}
