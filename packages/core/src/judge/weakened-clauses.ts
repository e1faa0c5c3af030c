/** Nothing, or one clause about a limit that is gone or asks for less. @param looser the direction in which it does. */
export function looserClause(
  name: string,
  looser: "higher" | "lower",
  before: number | undefined,
  after: number | undefined,
): string[] {
  if (before === undefined) return [];
  if (after === undefined) return [`\`${name}\` is gone`];
  if (looser === "higher") return after > before ? [`\`${name}\` grows to ${after}`] : [];
  return after < before ? [`\`${name}\` falls from ${before} to ${after}`] : [];
}

/** Nothing, or one clause about something that has another meaning after any change. */
export function changedClause(name: string, before: unknown, after: unknown): string[] {
  const words = (value: unknown) => (value === undefined ? "absent" : String(value));
  return before === after ? [] : [`\`${name}\` changes from ${words(before)} to ${words(after)}`];
}

/** A clause for each entry of a list that is no longer in it. */
export function gone(list: string, before: readonly string[], after: readonly string[]): string[] {
  return before.filter((entry) => !after.includes(entry)).map((entry) => `${entry} is gone from ${list}`);
}
