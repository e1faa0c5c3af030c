import type { Column } from "@refit/core/runtime";

const identifierWords =
  /(?:^|[^a-z])(?:id|ids|key|uuid|guid|nr|no|number|index|code|zip|plz|postcode|isbn|ssn|sku)(?:$|[^a-z])/i;

/** Whether a name says that the column names things, rather than measuring them: `id`, `customerId`, `order no`, `zip_code`. */
export function isIdentifierName(name: string): boolean {
  return identifierWords.test(name.replace(/([a-z])([A-Z])/g, "$1 $2"));
}

export interface FoundKey {
  /** The column that identifies a row; `null`: none. */
  readonly key: string | null;
  /** First column with another whole number in every row that nothing says is an identifier: it stays a feature. */
  readonly unsure: string | null;
}

/**
 * The first column that has another value in every row, and is named or counted like an identifier, or is the first one and
 * text. A number that is merely different in every row is as likely an income.
 */
export function inferKey(columns: readonly Column[], target: string): FoundKey {
  const unique = columns
    .map((column, i) => ({ column, i }))
    .filter(({ column }) => column.name !== target && isUnique(column));
  const found = unique.find(
    ({ column, i }) =>
      isIdentifierName(column.name) || (i === 0 && (column.kind === "text" || isCounted(column.values))),
  );
  if (found !== undefined) return { key: found.column.name, unsure: null };
  const first = unique.find(({ column, i }) => i === 0 && column.kind !== "text");
  return { key: null, unsure: first?.column.name ?? null };
}

function isUnique(column: Column): boolean {
  if (column.kind === "text") {
    return column.dictionary.length === column.codes.length && column.codes.every((code) => code >= 0);
  }
  return column.type === "integer" && new Set(column.values).size === column.values.length;
}

/** As many whole numbers as there are between the smallest and the largest. */
function isCounted(values: Float64Array): boolean {
  const smallest = values.reduce((a, b) => Math.min(a, b), Infinity);
  const largest = values.reduce((a, b) => Math.max(a, b), -Infinity);
  return largest - smallest + 1 === values.length;
}
