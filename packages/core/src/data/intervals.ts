/** How a table is cut into files by a column of times, all in UTC. */
export type IntervalUnit = "day" | "month";

/** A stretch of time whose rows make one file: `from` belongs to it and `to` does not, epoch milliseconds. */
export interface TimeInterval {
  /** `2026-01-05` or `2026-01`. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

const names: Readonly<Record<IntervalUnit, RegExp>> = { day: /^(\d{4})-(\d\d)-(\d\d)$/, month: /^(\d{4})-(\d\d)$/ };
const DAY = 86_400_000;

/** @returns `null`: no interval of this unit has the name. */
export function intervalNamed(name: string, unit: IntervalUnit): TimeInterval | null {
  const [, year, month, day = "01"] = names[unit].exec(name) ?? [];
  if (year === undefined || month === undefined || Number(year) < 1) return null;
  const from = Date.parse(`${year}-${month}-${day}T00:00:00Z`);
  // Some 31st of February is a date to `Date.parse`.
  if (Number.isNaN(from) || nameAt(from, unit) !== name) return null;
  return { name, from, to: unit === "day" ? from + DAY : nextMonth(from) };
}

/** When late rows have had their time: nothing of the interval is read before. */
export function closesAt({ to }: Pick<TimeInterval, "to">, lookbackDays: number): number {
  return to + lookbackDays * DAY;
}

/** The address of the file that an interval makes of a source such as `postgres:orders`. */
export function intervalFile(source: string, { name }: Pick<TimeInterval, "name">): string {
  return `${source}/${name}.parquet`;
}

/** The interval whose file this is; `null`: a file of another source, or of intervals of another length. */
export function intervalOfFile(source: string, file: string, unit: IntervalUnit): TimeInterval | null {
  if (!file.startsWith(`${source}/`) || !file.endsWith(".parquet")) return null;
  return intervalNamed(file.slice(source.length + 1, -".parquet".length), unit);
}

function nameAt(instant: number, unit: IntervalUnit): string {
  return new Date(instant).toISOString().slice(0, unit === "day" ? 10 : 7);
}

function nextMonth(from: number): number {
  const date = new Date(from);
  return date.setUTCMonth(date.getUTCMonth() + 1);
}
