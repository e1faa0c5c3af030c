import { DAY, HOUR } from "../time.ts";

export const dateParts = ["month", "dayOfWeek", "hour"] as const;
/** UTC. Month 1 … 12, day of week 1 (Monday) … 7, hour 0 … 23. */
export type DatePart = (typeof dateParts)[number];

/** A calendar part of an instant (epoch milliseconds), in UTC; NaN for a missing instant. */
export function datePart(part: DatePart, instant: number): number {
  switch (part) {
    case "month":
      return Math.abs(instant) <= LAST_INSTANT ? monthOf(Math.floor(instant / DAY)) : Number.NaN;
    case "dayOfWeek": {
      const daysSinceMonday = Math.floor(instant / DAY) + 3; // 1970-01-01 was a Thursday
      return (((daysSinceMonday % 7) + 7) % 7) + 1;
    }
    case "hour":
      return Math.floor((instant - Math.floor(instant / DAY) * DAY) / HOUR);
  }
}

/** Of a `Date`. */
const LAST_INSTANT = 8.64e15;
/** First day of March of the year 0, in which the count of the algorithm below starts. */
const FIRST_OF_MARCH = -719_468;
const DAYS_OF_ERA = 146_097; // 400 years

/** @param day since 1970-01-01. A `Date` for each row would take many times as long. Source: Hinnant, "chrono-compatible low-level date algorithms", `civil_from_days`. */
function monthOf(day: number): number {
  const count = day - FIRST_OF_MARCH;
  const dayOfEra = count - Math.floor(count / DAYS_OF_ERA) * DAYS_OF_ERA;
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  return monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
}
