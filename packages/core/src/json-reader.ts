import { ArtifactInvalidError } from "./errors/learner-errors.ts";

/**
 * A value of unknown shape from a file of a version, and the way to it. Each `as…` checks one expectation.
 *
 * For what must be read without the schema library: by a page that answers, or by one of many trees.
 *
 * @throws ArtifactInvalidError from every method, naming the file and the field that is wrong.
 */
export interface JsonReader {
  /** Exactly these keys, each once. */
  asObject<Key extends string>(...keys: Key[]): Record<Key, JsonReader>;
  /** What is at a key of its own; where there is none, a value that nothing expects. */
  at(key: string): JsonReader;
  /** @param length the number of items there must be; absent: any. */
  asList(length?: number): JsonReader[];
  asText(): string;
  /** A text, a number or a boolean. */
  asScalar(): string | number | boolean;
  asWord<Word extends string>(...words: readonly Word[]): Word;
  /** A finite number from `least` to `most`. */
  asNumber(least?: number, most?: number): number;
  asInteger(least: number, most: number): number;
  /** Anything with keys, unchecked. */
  asPlainMap(): Readonly<Record<string, unknown>>;
  isList(): boolean;
  isNull(): boolean;
  /** Whether it is an object with this key. */
  has(key: string): boolean;
  fail(expected: string): never;
}

/** @param file as messages name it. */
export function jsonReader(file: string, value: unknown, path = ""): JsonReader {
  const fail = (expected: string): never => {
    throw new ArtifactInvalidError(file, path, expected);
  };
  const has = (key: string) => isMap(value) && Object.hasOwn(value, key);
  const at = (key: string) =>
    jsonReader(
      file,
      has(key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined,
      path === "" ? key : `${path}.${key}`,
    );
  return {
    fail,
    has,
    at,
    isList: () => Array.isArray(value),
    isNull: () => value === null,
    asObject<Key extends string>(...keys: Key[]) {
      if (!isMap(value) || Object.keys(value).length !== keys.length || !keys.every(has))
        return fail(`an object with exactly the keys ${keys.join(", ")}`);
      return Object.fromEntries(keys.map((key) => [key, at(key)])) as Record<Key, JsonReader>;
    },
    asPlainMap: () => (isMap(value) ? value : fail("an object")),
    asList(length) {
      if (!Array.isArray(value)) return fail("a list");
      if (length !== undefined && value.length !== length)
        return fail(`a list of ${length} items, not ${value.length}`);
      return value.map((item, index) => jsonReader(file, item, `${path}[${index}]`));
    },
    asText: () => (typeof value === "string" ? value : fail("a text")),
    asScalar: () =>
      typeof value === "string" || typeof value === "number" || typeof value === "boolean"
        ? value
        : fail("a text, a number or a boolean"),
    asWord: (...words) => words.find((word) => word === value) ?? fail(`one of ${words.join(", ")}`),
    asNumber(least = -Number.MAX_VALUE, most = Number.MAX_VALUE) {
      if (typeof value === "number" && value >= least && value <= most) return value;
      return fail(`a number${rangeText(least, most)}`);
    },
    asInteger(least, most) {
      if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) return value as number;
      return fail(`a whole number${rangeText(least, most)}`);
    },
  };
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function rangeText(least: number, most: number): string {
  if (least === -Number.MAX_VALUE && most === Number.MAX_VALUE) return "";
  return most < Number.MAX_VALUE ? ` from ${least} to ${most}` : ` of at least ${least}`;
}
