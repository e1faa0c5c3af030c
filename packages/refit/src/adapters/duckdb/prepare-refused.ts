import { DataLimitError, PrepareInvalidError } from "@refit/core/errors";

/** Why DuckDB does not run `prepare`, as an error of ours. */
export function prepareRefused(error: unknown, sql: string, hideValues: boolean): DataLimitError | PrepareInvalidError {
  if (error instanceof DataLimitError) return error;
  const { words, at } = refusalWords(error, sql, hideValues);
  return new PrepareInvalidError(words, at);
}

/** DuckDB's refusalWords in one line, with the place in the SQL where it points at one. */
export function refusalWords(
  error: unknown,
  sql: string,
  hideValues: boolean,
): { readonly words: string; readonly at: { line: number; column: number } | null } {
  const message = error instanceof Error ? error.message : String(error);
  const [first = ""] = message.split("\n");
  const sentence = first.replace(/^[A-Z][a-z]+ (?:Error|Exception): /, "").replace(/[.!]$/, "");
  // A failing cast quotes the value that it failed on.
  const shown = hideValues ? sentence.replace(/'[^']*'/g, "'…'").replace(/"[^"]*"/g, '"…"') : sentence;
  return { words: shown, at: caretPlace(message, sql) };
}

/** Reads `LINE 2: …` and the caret below it, where a long line is shown in part. */
function caretPlace(message: string, sql: string): { line: number; column: number } | null {
  const shown = /^(LINE (\d+): )(.*)\n( *)\^/m.exec(message);
  if (shown === null) return null;
  const [, label, number, text, indent] = shown as unknown as [string, string, string, string, string];
  const line = sql.split("\n")[Number(number) - 1];
  if (line === undefined) return null;
  const cut = text.startsWith("...") ? 3 : 0;
  const start = cut === 0 ? 0 : line.indexOf(text.slice(3).replace(/\.\.\.$/, ""));
  const column = indent.length - label.length - cut + Math.max(0, start) + 1;
  return { line: Number(number), column: Math.max(1, column) };
}
