import { DAY, HOUR } from "../time.ts";

export const dateParts = ["month", "dayOfWeek", "hour"] as const;
/** UTC. Month 1 … 12, day of week 1 (Monday) … 7, hour 0 … 23. */
export type DatePart = (typeof dateParts)[number];

/** A calendar part of an instant (epoch milliseconds), in UTC; NaN for a missing instant. */
export function datePart(part: DatePart, instant: number): number {
  switch (part) {
    case "month":
      return new Date(instant).getUTCMonth() + 1;
    case "dayOfWeek": {
      const daysSinceMonday = Math.floor(instant / DAY) + 3; // 1970-01-01 was a Thursday
      return (((daysSinceMonday % 7) + 7) % 7) + 1;
    }
    case "hour":
      return Math.floor((instant - Math.floor(instant / DAY) * DAY) / HOUR);
  }
}
