import { refuseNewer } from "./errors/format-errors.ts";
import { ArtifactInvalidError } from "./errors/artifact-errors.ts";

/*
 * Checks of JSON of unknown shape in files of a version, for what must be read without the schema library: by a page that answers, or
 * by one of many trees. A check is a function, so that a page loads those it uses and nothing else; none copies anything.
 */

/** Where a value is not as it should be, such as `.trees[3][0].left[2]`, and what should be there. */
export type Misfit = readonly [path: string, expected: string];

/** @param index its place, of an item of a list. @returns nothing where the value is as it should be. */
export type JsonCheck = (value: unknown, index: number) => Misfit | undefined;

/** @param isFit asked of any value. */
export function fits(expected: string, isFit: (value: unknown) => boolean): JsonCheck {
  return (value) => (isFit(value) ? undefined : ["", expected]);
}

export const text: JsonCheck = (value) => (typeof value === "string" ? undefined : ["", "a text"]);

export function wordOf(...words: readonly string[]): JsonCheck {
  return fits(`one of ${words.join(", ")}`, (value) => words.includes(value as string));
}

/** A finite number from `least` to `most`. */
export function finite(least = -Number.MAX_VALUE, most = Number.MAX_VALUE): JsonCheck {
  return inRange("a number", (value) => typeof value === "number", least, most);
}

export function integer(least: number, most: number): JsonCheck {
  return inRange("a whole number", Number.isInteger, least, most);
}

function inRange(expected: string, isOfKind: (value: unknown) => boolean, least: number, most: number): JsonCheck {
  const ending = most < Number.MAX_VALUE ? ` from ${least} to ${most}` : least === 0 ? " of at least 0" : "";
  return fits(expected + ending, (value) => isOfKind(value) && (value as number) >= least && (value as number) <= most);
}

/** @param length the number of items there must be; left out: any. */
export function list(item: JsonCheck, length?: number): JsonCheck {
  return (value) => {
    if (!Array.isArray(value)) return ["", "a list"];
    if (value.length !== (length ?? value.length)) return ["", `a list of ${length} items, not ${value.length}`];
    for (let index = 0; index < value.length; index++) {
      const misfit = item(value[index], index);
      if (misfit) return [`[${index}]${misfit[0]}`, misfit[1]];
    }
    return undefined;
  };
}

/** Checks by key, in their order, so that a later one may rely on an earlier one. What is no object has none of the keys. */
export function fields(checks: Readonly<Record<string, JsonCheck>>): JsonCheck {
  return (value) => {
    for (const key of Object.keys(checks)) {
      const misfit = checks[key]!((Object(value) as Readonly<Record<string, unknown>>)[key], 0);
      if (misfit) return [`.${key}${misfit[0]}`, misfit[1]];
    }
    return undefined;
  };
}

/** As `fields`, of an object that has no other keys. */
export function exactly(checks: Readonly<Record<string, JsonCheck>>): JsonCheck {
  const keys = Object.keys(checks);
  return (value) => {
    const found = Object.keys(Object(value) as object);
    return found.length === keys.length && found.every((key) => Object.hasOwn(checks, key))
      ? fields(checks)(value, 0)
      : ["", `an object with exactly the keys ${keys.join(", ")}`];
  };
}

/** @param file as messages name it. @throws ArtifactInvalidError naming the file and the first field that is wrong. */
export function requireFit(file: string, value: unknown, check: JsonCheck): void {
  const misfit = check(value, 0);
  if (misfit) throw new ArtifactInvalidError(file, misfit[0].replace(/^\./, ""), misfit[1]);
}

/**
 * Reads and checks a JSON file of a version.
 *
 * @param bytes absent: there is no such file.
 * @param newest the highest `format` that the caller reads.
 * @returns what the check has found to be as it should be.
 * @throws ArtifactInvalidError, FormatNewerError
 */
export function readJson(file: string, bytes: Uint8Array | undefined, newest: number, check: JsonCheck): unknown {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes!));
  } catch (cause) {
    throw new ArtifactInvalidError(file, "", bytes ? "JSON text in UTF-8" : "this file to exist", { cause });
  }
  refuseNewer(file, value, newest);
  requireFit(file, value, check);
  return value;
}

/** The part of the interface that is used here; its types come with the DOM's, which are not loaded. */
declare const TextDecoder: new (
  encoding: string,
  options: { readonly fatal: boolean },
) => { decode(bytes: Uint8Array): string };
