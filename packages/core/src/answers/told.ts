/**
 * Names of times. In the code a time is epoch milliseconds; an answer has it as ISO 8601, under the same name. Nothing that `answerOf` is
 * given has a map whose keys people choose.
 */
type TimeKey = "at" | "until" | "since" | "nextEligibleAt" | "committedAt";
const timeKeys: ReadonlySet<string> = new Set<TimeKey>(["at", "until", "since", "nextEligibleAt", "committedAt"]);

/** A value as `answerOf` gives it: every time in it is ISO 8601. */
export type Told<T> = T extends readonly unknown[]
  ? { [I in keyof T]: Told<T[I]> }
  : T extends object
    ? { [K in keyof T]: K extends TimeKey ? ToldTime<T[K]> : Told<T[K]> }
    : T;

type ToldTime<T> = T extends number ? string : Told<T>;

/** The same value with every time in it as ISO 8601, UTC. Keys that are `undefined` are left out, as in JSON. */
export function answerOf<T>(value: T): Told<T> {
  return toldValue(value) as Told<T>;
}

function toldValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toldValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .map(([key, each]) => [key, typeof each === "number" && timeKeys.has(key) ? instantText(each) : toldValue(each)]),
  );
}

/** Epoch milliseconds as ISO 8601, UTC. */
export function instantText(at: number): string {
  return new Date(at).toISOString();
}
