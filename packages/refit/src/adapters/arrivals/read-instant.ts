import { readInstant } from "@refit/core/runtime";

/** The instant that a text says, epoch milliseconds, UTC; `null`: none. */
export type ReadInstant = (text: string) => number | null;

/** What a strptime pattern asks for, as a pattern of ours; the groups are named by its letters. */
const parts: Readonly<Record<string, string>> = {
  Y: String.raw`(?<Y>\d{4})`,
  y: String.raw`(?<y>\d{2})`,
  m: String.raw`(?<m>\d{1,2})`,
  b: String.raw`(?<b>[A-Za-z]{3})`,
  B: String.raw`(?<b>[A-Za-z]{3,9})`,
  d: String.raw`(?<d>\d{1,2})`,
  H: String.raw`(?<H>\d{1,2})`,
  M: String.raw`(?<M>\d{1,2})`,
  S: String.raw`(?<S>\d{1,2})`,
  f: String.raw`(?<f>\d{1,9})`,
};

/** @param format a strptime pattern; `null`: ISO 8601. @returns `null` for a pattern with parts that are not known. */
export function instantReader(format: string | null): ReadInstant | null {
  if (format === null) return readInstant;
  let known = true;
  const pattern = format.replaceAll(/%(.)|([.*+?^${}()|[\]\\])/g, (_, part: string | undefined, special: string) => {
    if (part === undefined) return `\\${special}`;
    const found = part === "%" ? "%" : parts[part];
    known &&= found !== undefined;
    return found ?? "";
  });
  return known ? readPattern(new RegExp(`^\\s*${pattern}\\s*$`)) : null;
}

function readPattern(pattern: RegExp): ReadInstant {
  return (text) => {
    const groups = pattern.exec(text)?.groups;
    if (groups === undefined) return null;
    const { Y, y, b, m = b === undefined ? "1" : monthOf(b), d = "1", H = "0", M = "0", S = "0", f = "" } = groups;
    const year = Y ?? (y === undefined ? "1900" : String(Number(y) + (Number(y) < 69 ? 2000 : 1900)));
    return instantOf(year, m, d, [H, M, S, f]);
  };
}

/** The number of a month from the first letters of its name; 0, which no month has, where it is none. */
function monthOf(name: string): string {
  const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
  return String(months.indexOf(name.slice(0, 3).toLowerCase()) + 1);
}

function instantOf(year: string, month: string, day: string, time: readonly string[]): number | null {
  const [hour, minute, second] = time.map(Number) as [number, number, number];
  const milliseconds = Number((time[3] ?? "").padEnd(3, "0").slice(0, 3));
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day), hour, minute, second, milliseconds);
  return new Date(at).getUTCMonth() === Number(month) - 1 ? at : null;
}
