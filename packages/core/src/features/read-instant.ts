const iso =
  /^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(?:Z|([+-])(\d{2}):?(\d{2})?)?)?\s*$/i;

/**
 * The instant that a text in ISO 8601 names, epoch milliseconds; UTC where it has no zone, and the start of a day without a time.
 * What is below a millisecond is cut off.
 *
 * @returns `null`: it names none.
 */
export function readInstant(text: string): number | null {
  const found = iso.exec(text);
  if (found === null) return null;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map((part) => Number(part || 0));
  const [, , , , , , , fraction = "", sign, hours = "0", minutes = "0"] = found;
  const at = new Date(0);
  at.setUTCFullYear(year!, month! - 1, day);
  if (at.getUTCMonth() !== month! - 1 || hour! > 23 || minute! > 59 || second! > 59) return null;
  const zone = Number(`${sign ?? "+"}1`) * (Number(hours) * 60 + Number(minutes));
  return at.setUTCHours(hour!, minute! - zone, second, Number(fraction.slice(0, 3).padEnd(3, "0")));
}
