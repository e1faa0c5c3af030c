import { keepValue, recallValue } from "../data/cache.ts";
import { sha256 } from "../sha256.ts";
import type { Files } from "../ports/files.ts";
import type { Repository } from "../ports/repository.ts";
import { version } from "../version.ts";

/** A parser that is loaded when it is needed. */
export interface LazyParser<T> {
  /** Names the parser; with refit's own version it is part of the key. */
  readonly kind: string;
  parse(text: string): Promise<T>;
}

/** The parsed form of a text, kept by content, so that a run with nothing to do loads no parser and no schema library. */
export async function parseCached<T>(
  files: Files,
  repository: Repository,
  text: string,
  { kind, parse }: LazyParser<T>,
): Promise<T> {
  const name = `parsed/${sha256(`${kind}\n${version}\n${text}`)}.json`;
  const known = await recallValue(files, repository, name);
  if (known !== null) return known.value as T;

  const value = await parse(text);
  await keepValue(files, repository, name, value);
  return value;
}
