import { invalidInput, type IgnoredColumns, type InputColumns, type InputProblem } from "@refit/runtime";
import type { LoadedVersion, RowAnswer, VersionName } from "@refit/runtime";
import { predictInParts } from "./predict-in-parts.ts";
import { bodyInvalid, RowsRefused, tookTooLong } from "./refused-request.ts";
import { type JsonFields, type RequestRows } from "./request-rows.ts";

/** A column of raw rows: of the data files, before `prepare`. */
export interface RawInput {
  /** As the data files name it. */
  readonly name: string;
  readonly type: LoadedVersion["inputs"][number]["type"];
  readonly required: boolean;
  /** How a date or a time is written, such as `%d/%m/%Y`; `null`: in ISO 8601, or of another type. */
  readonly format: string | null;
  /** Whether its numbers are written in a form of the data manifest, such as with a decimal comma or a unit. */
  readonly ownForm: boolean;
  /** Texts that mean that there is no value. */
  readonly missingValues: readonly string[];
}

/** What raw rows have become. */
export type RowsFromRaw =
  | {
      readonly kind: "prepared";
      /** Raw rows. */
      readonly rows: number;
      /** Of the raw rows that `prepare` keeps, from 0, ascending. */
      readonly places: readonly number[];
      /** [places] values of each column of the version. */
      readonly columns: InputColumns;
      readonly ignored: IgnoredColumns;
    }
  | { readonly kind: "unfit"; readonly problems: readonly InputProblem[]; readonly more: number }
  | { readonly kind: "late" };

/** Makes rows as data files have them into rows of a version. */
export interface RawRows {
  readonly inputs: readonly RawInput[];
  /** @param until instant of `performance.now()` at which it is given up */
  prepare(rows: RequestRows, until: number): Promise<RowsFromRaw>;
  /** Once what was asked for is answered. */
  close(): Promise<void>;
}

/** Why a version takes prepared rows only. */
export interface RawRefusal {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** Where raw rows are prepared, for one version. */
export interface RawSource {
  /** Of all that it rests on, asked once its version is opened: with the id of the last one nothing is opened. */
  readonly id: () => Promise<string>;
  readonly open: () => Promise<RawRows | RawRefusal>;
}

/** @param raw of a served model; `null` or left out: nothing here prepares rows */
export function rawRowsOf(raw: RawRows | RawRefusal | null | undefined): RawRows {
  if (raw !== null && raw !== undefined && "prepare" in raw) return raw;
  const { code, message, hint } = raw ?? {
    code: "raw-not-served",
    message: "This server accepts prepared rows only; `refit serve` prepares raw ones.",
    hint: 'Leave out "input": "raw", and send the columns that the model\'s metadata lists under "inputs".',
  };
  throw new RowsRefused({ code, message, hint });
}

/** What the rows of a body are: of `prepare`, or of the data files. @throws RefusedRequest */
export function inputKind({ input = "prepared" }: JsonFields): "prepared" | "raw" {
  if (input === "prepared" || input === "raw") return input;
  throw bodyInvalid('"input" is neither "prepared" nor "raw".');
}

export interface RawPredictions extends VersionName {
  /** In the order of the rows; `null`: `prepare` leaves the row out. */
  readonly answers: readonly (RowAnswer | null)[];
  readonly ignored: IgnoredColumns;
}

/** Answers with the rows of the version that they were given to. */
interface AnsweredRaw {
  readonly predicted: RawPredictions;
  readonly prepared: Pick<Extract<RowsFromRaw, { readonly kind: "prepared" }>, "places" | "columns">;
}

/** @throws InputInvalidError; then no row is answered. RefusedRequest */
export async function predictRaw(
  version: LoadedVersion,
  raw: RawRows,
  rows: RequestRows,
  until: number,
): Promise<AnsweredRaw> {
  const prepared = await raw.prepare(rows, until);
  if (prepared.kind === "late") throw tookTooLong();
  if (prepared.kind === "unfit") throw await invalidInput(prepared.problems, prepared.more);
  const { places, columns, ignored, rows: count } = prepared;
  const { model, version: called, treeId } = version;
  const answers = Array.from({ length: count }, (): RowAnswer | null => null);
  if (places.length > 0) {
    const predicted = await predictInParts(version, columns, until);
    for (const [i, place] of places.entries()) answers[place] = predicted.answers[i]!;
  }
  return { predicted: { model, version: called, treeId, answers, ignored }, prepared: { places, columns } };
}
