import { UsageError } from "@refit/core/errors";
import { visibleText } from "@refit/core/report";
import { nearest } from "@refit/core/spec";

const usage = "refit init --data FILE --target COLUMN [--time COLUMN]";
const shown = (text: string) => JSON.stringify(visibleText(text, 80));

/** The column that an option names, with or without the blanks around its name in the file. @throws UsageError */
export function namedColumn(
  columns: readonly { readonly name: string; readonly from: string }[],
  option: string,
  wanted: string,
): string {
  const found =
    columns.find(({ name }) => name === wanted) ??
    columns.find(({ from }) => from === wanted) ??
    columns.find(({ name }) => name.trim() === wanted.trim());
  if (found !== undefined) return found.name;
  const names = columns.map(({ name }) => name);
  const near = nearest(wanted, names);
  const advice =
    near === undefined
      ? `The columns are: ${names.slice(0, 20).map(shown).join(", ")}.`
      : `Did you mean ${shown(near)}?`;
  throw new UsageError(`There is no column ${shown(wanted)} (${option}). ${advice}`, usage);
}
