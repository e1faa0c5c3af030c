/** One record of a CSV text. */
export interface CsvRecord {
  /** 1-based line on which it begins. */
  readonly line: number;
  readonly fields: readonly string[];
  /** A quote was opened and the text ended before it was closed. */
  readonly unterminated: boolean;
}

/**
 * Splits CSV text into records as RFC 4180 has it, also with LF or CR alone.
 *
 * Used for the header and to find the line of a problem; DuckDB reads the rows. Empty lines give a record with one
 * empty field.
 *
 * @param kept characters of each field; where problems are looked for, only what they begin with counts.
 */
export async function* csvRecords(
  text: AsyncIterable<string>,
  delimiter: string,
  kept = 200,
): AsyncGenerator<CsvRecord> {
  let line = 1;
  let start = 1;
  let fields: string[] = [];
  let field = "";
  let state: "start" | "plain" | "quoted" | "quote" = "start";
  let afterReturn = false;

  for await (const piece of text) {
    for (const letter of piece) {
      const secondOfPair = letter === "\n" && afterReturn;
      afterReturn = letter === "\r";
      const newline = letter === "\n" || letter === "\r";
      if (newline && !secondOfPair) line++;
      if (state === "quoted") {
        if (letter === '"') state = "quote";
        else if (field.length < kept) field += letter;
      } else if (newline) {
        if (!secondOfPair) {
          yield { line: start, fields: [...fields, field], unterminated: false };
          fields = [];
        }
        field = "";
        state = "start";
        start = line;
      } else if (letter === delimiter) {
        fields.push(field);
        field = "";
        state = "start";
      } else if (letter === '"' && (state === "start" || state === "quote")) {
        if (state === "quote") field += letter;
        state = "quoted";
      } else {
        if (field.length < kept) field += letter;
        state = "plain";
      }
    }
  }
  if (state !== "start" || fields.length > 0) {
    yield { line: start, fields: [...fields, field], unterminated: state === "quoted" };
  }
}

const separators = [",", ";", "\t", "|"];

/** The separator of a header line: the one that it holds most often outside quotes; a comma when it holds none. */
export function findDelimiter(header: string): string {
  const bare = header.replace(/"(?:[^"]|"")*"/g, "");
  const counts = separators.map((separator) => bare.split(separator).length - 1);
  return separators[counts.indexOf(Math.max(...counts))]!;
}
