import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { sha256 } from "../sha256.ts";
import { decodeText } from "../text.ts";
import { parseKey, parseStore } from "./parse-store.ts";

/** A parser that is loaded when it is needed. */
export interface LazyParser<T> {
  /** Names the parser, and what besides the text decides what it makes of it. */
  readonly kind: string;
  /** What a text belongs to, such as its file. */
  placeOf(value: T): string;
  parse(text: string): Promise<T>;
}

export type ParsePorts = Pick<Ports, "files" | "git">;

/** The parsed form of a text, kept by content, so that a run with nothing to do loads no parser and no schema library. */
export async function parsedText<T>(
  ports: ParsePorts,
  repository: Repository,
  text: string,
  parser: LazyParser<T>,
): Promise<T> {
  return (await parsedOnce(ports, repository, parser, { id: sha256(text), text: async () => text }))!.value;
}

/**
 * The parsed form of a file in git, kept by its id, so that what was parsed once is not read again.
 *
 * @param object such as `<commit>:<path>`.
 * @returns `null`: there is no such file.
 */
export async function parsedObject<T>(
  ports: ParsePorts,
  repository: Repository,
  object: string,
  parser: LazyParser<T>,
): Promise<T | null> {
  const id = isId(object) ? object : await ports.git.resolve(object);
  if (id === null) return null;
  const text = async () => {
    const [bytes] = await ports.git.read([object]);
    return bytes ? decodeText(bytes) : null;
  };
  return (await parsedOnce(ports, repository, parser, { id, text }))?.value ?? null;
}

const isId = (object: string) => /^[0-9a-f]{40,64}$/.test(object);

/** A text that is read only if its parsed form is not kept. */
interface TextById {
  /** Of its content. */
  readonly id: string;
  /** `null`: it is not a text. */
  text(): Promise<string | null>;
}

/** The parsed form of a text, kept by an id of its content. @returns `null`: it is not a text. */
export async function parsedOnce<T>(
  ports: ParsePorts,
  repository: Repository,
  { kind, placeOf, parse }: LazyParser<T>,
  { id, text }: TextById,
): Promise<{ readonly value: T } | null> {
  const store = await parseStore(ports, repository);
  const parsed = await store.once(parseKey(id, kind), async () => {
    const written = await text();
    if (written === null) return null;
    const value = await parse(written);
    return { value, place: placeOf(value) };
  });
  return parsed as { readonly value: T } | null;
}
