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
