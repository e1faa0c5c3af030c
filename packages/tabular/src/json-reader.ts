import { ArtifactInvalidError, refuseNewer } from "@refit/core/errors";
import type { ArtifactFiles } from "@refit/core/runtime";

/** The one file of a tabular artifact. */
export const MODEL_FILE = "model.json";

/** The layout of the model file, raised with every change: each of its keys changes predictions, so none is passed over. */
export const FORMAT = 1;
/** The same with `link`, which only trees have, and only where they are told of it. */
export const LINK_FORMAT = 2;

/**
 * A value of unknown shape from a model file, and the way to it. Each `as…` checks one expectation.
 *
 * @throws ArtifactInvalidError from every method, naming the field that is wrong.
 */
export interface JsonReader {
  /** Exactly these keys, each once. */
  asObject<Key extends string>(...keys: Key[]): Record<Key, JsonReader>;
  /** @param length the number of items there must be; absent: any. */
  asList(length?: number): JsonReader[];
  asText(): string;
  asWord<Word extends string>(...words: Word[]): Word;
  /** A finite number from `least` to `most`. */
  asNumber(least?: number, most?: number): number;
  asInteger(least: number, most: number): number;
  /** Anything with keys, unchecked. */
  asPlainMap(): Readonly<Record<string, unknown>>;
  isList(): boolean;
  /** Whether it is an object with this key. */
  has(key: string): boolean;
  fail(expected: string): never;
}

/**
 * Parse the model file.
 *
 * @param newest layout that the caller reads.
 * @throws ArtifactInvalidError when it is missing or not JSON, FormatNewerError
 */
export function readModelFile(files: ArtifactFiles, newest: number = FORMAT): JsonReader {
  const bytes = files.get(MODEL_FILE);
  if (bytes === undefined) throw new ArtifactInvalidError(MODEL_FILE, "", "this file to exist");
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new ArtifactInvalidError(MODEL_FILE, "", "JSON text in UTF-8", { cause });
  }
  refuseNewer(MODEL_FILE, value, newest);
  return jsonReader(value, "");
}

function jsonReader(value: unknown, path: string): JsonReader {
  const fail = (expected: string): never => {
    throw new ArtifactInvalidError(MODEL_FILE, path, expected);
  };
  return {
    fail,
    isList: () => Array.isArray(value),
    has: (key) => value !== null && typeof value === "object" && Object.hasOwn(value, key),
    asObject<Key extends string>(...keys: Key[]) {
      if (value === null || typeof value !== "object" || Array.isArray(value)) return fail("an object");
      const found = Object.keys(value);
      if (found.length !== keys.length || !keys.every((key) => Object.hasOwn(value, key))) {
        return fail(`an object with exactly the keys ${keys.join(", ")}`);
      }
      const entries = value as Readonly<Record<Key, unknown>>;
      const at = (key: Key): string => (path === "" ? key : `${path}.${key}`);
      return Object.fromEntries(keys.map((key) => [key, jsonReader(entries[key], at(key))])) as Record<Key, JsonReader>;
    },
    asPlainMap() {
      if (value === null || typeof value !== "object" || Array.isArray(value)) return fail("an object");
      return value as Readonly<Record<string, unknown>>;
    },
    asList(length) {
      if (!Array.isArray(value)) return fail("a list");
      if (length !== undefined && value.length !== length)
        return fail(`a list of ${length} items, not ${value.length}`);
      return value.map((item, index) => jsonReader(item, `${path}[${index}]`));
    },
    asText() {
      return typeof value === "string" ? value : fail("a text");
    },
    asWord(...words) {
      return words.find((word) => word === value) ?? fail(`one of ${words.join(", ")}`);
    },
    asNumber(least = -Number.MAX_VALUE, most = Number.MAX_VALUE) {
      if (typeof value !== "number" || !(value >= least && value <= most))
        return fail(`a number${rangeText(least, most)}`);
      return value;
    },
    asInteger(least, most) {
      if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) {
        return fail(`a whole number${rangeText(least, most)}`);
      }
      return value as number;
    },
  };
}

function rangeText(least: number, most: number): string {
  if (least === -Number.MAX_VALUE && most === Number.MAX_VALUE) return "";
  return most < Number.MAX_VALUE ? ` from ${least} to ${most}` : ` of at least ${least}`;
}
