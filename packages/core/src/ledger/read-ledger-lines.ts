import * as z from "zod";
import { refuseNewer } from "../errors/format-errors.ts";
import { LedgerInvalidError } from "../errors/git-errors.ts";
import { parseBySchema } from "../parse-by-schema.ts";
import { ledgerKey } from "./ledger-key.ts";
import type { LedgerLine } from "./ledger-lines.ts";
import { ledgerRow } from "./ledger-row.ts";

/** The highest `format` of a row that this refit knows; a row without the field has this one. */
const knownFormat = 1;

const knownKinds: ReadonlySet<string> = new Set(ledgerRow.options.map(({ shape }) => shape.kind.value));

const anyRow = z.looseObject({ kind: z.string(), model: z.string(), at: z.string(), format: z.int().optional() });

/**
 * Reads the rows of a model, JSON Lines, oldest first. Blank lines are none.
 *
 * Keys that are not known are left out of `row`, and rows of a kind that is not known have none: both stay in `text`, so
 * that they are there when the file is written again.
 *
 * @param first number of the text's first line in the file.
 * @throws LedgerInvalidError naming file, line and the first thing that is wrong.
 * @throws FormatNewerError
 */
export function readLedgerLines(file: string, text: string, first = 1): LedgerLine[] {
  return text.split("\n").flatMap((line, index) => (line.trim() === "" ? [] : [readLine(file, first + index, line)]));
}

function readLine(file: string, number: number, text: string): LedgerLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new LedgerInvalidError(file, number, "it is not JSON.", { cause });
  }
  const { kind } = checked(anyRow, value, file, number);
  refuseNewer(`${file}:${number} on the branch \`refit-ledger\``, value, knownFormat);
  if (!knownKinds.has(kind)) return { key: text, text, row: null };
  const row = checked(ledgerRow, value, file, number);
  return { key: ledgerKey(row), text, row };
}

function checked<Schema extends z.ZodType>(schema: Schema, value: unknown, file: string, number: number) {
  const result = parseBySchema(schema, value);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0]!;
  throw new LedgerInvalidError(file, number, [path.join("."), message].filter(Boolean).join(": "));
}
