/** An hour and a day in milliseconds, the unit of every time in core. Days are those of UTC: all have 24 hours. */
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
