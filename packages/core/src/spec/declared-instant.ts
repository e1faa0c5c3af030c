const day = /^\d{4}-\d{2}-\d{2}$/;
const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * The instant up to which a person says that a model has learned. A day counts to its end in UTC, so that no row of it can be taken for
 * a newer one; a time needs its zone.
 *
 * Example: `2026-03-31` is 23:59:59.999 of that day.
 *
 * @returns epoch milliseconds; `null`: it is neither.
 */
export function declaredInstant(text: string): number | null {
  const isDay = day.test(text);
  if (!isDay && !time.test(text)) return null;
  const date = text.slice(0, 10);
  const start = Date.parse(`${date}T00:00:00.000Z`);
  // There are readers of dates that turn 30 February into 2 March.
  if (Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== date) return null;
  const at = isDay ? Date.parse(`${date}T23:59:59.999Z`) : Date.parse(text);
  return Number.isNaN(at) ? null : at;
}
