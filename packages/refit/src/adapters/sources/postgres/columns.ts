import { quoted, SourceRefusedError } from "@refit/core/errors";
import type { CursorType } from "./statements.ts";

/** A column as the database describes it. */
export interface DescribedColumn {
  readonly name: string;
  /** Its type's number. */
  readonly type: number;
  /** What stands in brackets after its type, such as the digits of a number; -1: nothing. */
  readonly modifier: number;
}

/** How a column is stored: its type in Parquet, and how the database's text becomes a value of it. */
export interface StoredColumn {
  readonly name: string;
  readonly element: {
    readonly type: "BOOLEAN" | "INT32" | "INT64" | "DOUBLE" | "BYTE_ARRAY";
    readonly converted_type?: "UTF8" | "DATE" | "DECIMAL";
    readonly precision?: number;
    readonly scale?: number;
    readonly logical_type?: { readonly type: "TIMESTAMP"; readonly isAdjustedToUTC: false; readonly unit: "MICROS" };
  };
  /** `undefined`: a value that there is no place for. */
  value(text: string): string | number | bigint | boolean | undefined;
}

type ColumnKind = Omit<StoredColumn, "name">;

const text: ColumnKind = { element: { type: "BYTE_ARRAY", converted_type: "UTF8" }, value: (word) => word };
const bool: ColumnKind = { element: { type: "BOOLEAN" }, value: (word) => word === "t" };
const int32: ColumnKind = { element: { type: "INT32" }, value: Number };
const int64: ColumnKind = { element: { type: "INT64" }, value: BigInt };
const double: ColumnKind = { element: { type: "DOUBLE" }, value: Number };
const date: ColumnKind = {
  element: { type: "INT32", converted_type: "DATE" },
  value: (word) => (/^\d{4}-\d\d-\d\d$/.test(word) ? Date.parse(word) / 86_400_000 : undefined),
};
const timestamp: ColumnKind = {
  element: { type: "INT64", logical_type: { type: "TIMESTAMP", isAdjustedToUTC: false, unit: "MICROS" } },
  value: microsecondsOf,
};

/** By the numbers of PostgreSQL's own types, which never change. */
const kinds: ReadonlyMap<number, ColumnKind> = new Map([
  [16, bool],
  [21, int32],
  [23, int32],
  [20, int64],
  [26, int64], // oid
  [700, double],
  [701, double],
  [1082, date],
  [1114, timestamp],
  [1184, timestamp], // with a time zone: told in UTC
  [18, text], // "char"
  [19, text], // name
  [25, text],
  [1042, text], // char(n)
  [1043, text],
  [2950, text], // uuid
  [114, text], // json
  [3802, text], // jsonb
  [1083, text], // time of day
]);
const numericType = 1700;

const cursorTypes: ReadonlyMap<number, CursorType> = new Map([
  [1082, "date"],
  [1114, "timestamp"],
  [1184, "timestamptz"],
]);

/** Types of users' own, which the database has to be asked about. */
export function unknownTypes(columns: readonly DescribedColumn[]): number[] {
  return columns.map(({ type }) => type).filter((type) => type !== numericType && !kinds.has(type));
}

/** What the database says of a type. */
export interface NamedType {
  readonly name: string;
  readonly isEnumeration: boolean;
}

/** @throws SourceRefusedError naming column and type */
export function storedColumns(
  path: string,
  columns: readonly DescribedColumn[],
  named: ReadonlyMap<number, NamedType>,
): StoredColumn[] {
  return columns.map(({ name, type, modifier }, i) => {
    if (columns.findIndex((other) => other.name === name) < i)
      throw refusal(
        path,
        `two columns of its query are called ${quoted(name)}`,
        "Give them different names in the query, with AS.",
      );
    const kind = type === numericType ? numeric(modifier) : (kinds.get(type) ?? enumeration(named.get(type)));
    if (kind !== null) return { name, ...kind };
    const hint = `Convert it in the query, such as \`${name}::text AS ${name}\`, or leave it out.`;
    const what = named.get(type)?.name ?? `number ${type}`;
    throw refusal(path, `its column ${quoted(name)} has the type ${what}, which refit does not read`, hint);
  });
}

/** @throws SourceRefusedError */
export function cursorType(path: string, cursor: string, columns: readonly DescribedColumn[]): CursorType {
  const found = columns.find(({ name }) => name === cursor);
  if (found === undefined) {
    const hint = `Correct \`cursor\`, or select the column. The columns are: ${columns
      .slice(0, 20)
      .map(({ name }) => quoted(name))
      .join(", ")}.`;
    throw refusal(path, `its query has no column ${quoted(cursor)}, which is its \`cursor\``, hint);
  }
  const type = cursorTypes.get(found.type);
  if (type !== undefined) return type;
  const hint = "Name a column of type date, timestamp or timestamptz, or convert it in the query.";
  throw refusal(path, `its \`cursor\` ${quoted(cursor)} is neither a date nor a timestamp`, hint);
}

function enumeration(type: NamedType | undefined): ColumnKind | null {
  return type?.isEnumeration === true ? text : null;
}

/** Exact up to 18 digits, as in `numeric(12, 2)`; other numbers have the precision that a model reads them with. */
function numeric(modifier: number): ColumnKind {
  const precision = ((modifier - 4) >> 16) & 0xffff;
  const scale = (modifier - 4) & 0x7ff;
  if (modifier < 4 || precision > 18 || scale > precision) return double;
  return {
    element: { type: "INT64", converted_type: "DECIMAL", precision, scale },
    value(word) {
      const [, sign, whole, fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(word) ?? [];
      if (whole === undefined) return undefined;
      return BigInt(`${sign}${whole}${fraction.padEnd(scale, "0")}`);
    },
  };
}

function microsecondsOf(word: string): bigint | undefined {
  const [, seconds, fraction = ""] = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(?:\+00)?$/.exec(word) ?? [];
  if (seconds === undefined) return undefined;
  const at = Date.parse(`${seconds.replace(" ", "T")}Z`);
  return Number.isNaN(at) ? undefined : BigInt(at) * 1000n + BigInt(fraction.padEnd(6, "0"));
}

function refusal(path: string, why: string, hint: string): SourceRefusedError {
  return new SourceRefusedError(path, why, hint);
}
