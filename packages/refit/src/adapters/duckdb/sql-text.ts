/** A name as DuckDB reads it back letter by letter. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text constant. DuckDB knows no escapes but the doubled quote. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** `[a, b]` as an `IN` list of text constants. */
export function literals(texts: readonly string[]): string {
  return texts.map(literal).join(", ");
}

/**
 * Lists of at most `size` items. DuckDB keeps a vector of 32 KB for each step of each expression of a query, outside its
 * memory limit, so a query over a thousand columns is asked in parts.
 */
export function inParts<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

/**
 * Columns that one statement computes something of. What it holds in memory grows with them, whatever the number of
 * rows; what it takes to plan it, with all columns of the file.
 */
export const columnsAtOnce = 500;

/** The items by what `sql` says of them, in the order of the first of each kind. */
export function alike<T>(items: readonly T[], sql: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(sql(item));
    if (group === undefined) groups.set(sql(item), [item]);
    else group.push(item);
  }
  return groups;
}
