/** A column, or two of them whose pairs of values are meant. */
export type Slice = string | readonly string[];

/** One name for a column, and for a pair: `size × phase`. */
export function sliceName(slice: Slice): string {
  return typeof slice === "string" ? slice : slice.join(" × ");
}
