import { growCache, readCache, writeCache } from "../data/cache.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { sha256 } from "../sha256.ts";
import { version } from "../version.ts";

/** Parsed forms of texts, all in one file of the git common directory: a file for each of thousands would cost more than to parse it. */
export interface ParseStore {
  /** What was kept under a key, else what `make` gives, which is kept unless it is `null`. Whoever asks meanwhile waits for it. */
  once(key: string, make: () => Promise<ParsedForm | null>): Promise<ParsedForm | null>;
  /** Whether anything was made of the text with this id. */
  knows(id: string): boolean;
}

export interface ParsedForm {
  readonly value: unknown;
  /** What the text belongs to, such as its file: of each the latest few are kept. */
  readonly place: string;
}

/** `<id>-<parser>`: the id of a text, and a digest of what parses it. */
export const parseKey = (id: string, kind: string): string => `${id}-${sha256(kind).slice(0, kindDigits)}`;

const kindDigits = 16;
const name = "parses";
const [lineFeed, blank, sealDigits] = [0x0a, 0x20, 64];
/** Parsed forms of one place that are kept: of what is live, what is proposed, and what was rolled back. */
const mostOfOnePlace = 3;
/** Bytes of lines that are kept no longer, up to which the file is not written anew. */
const mostDead = 1_048_576;

type StorePorts = Pick<Ports, "files" | "git">;

const stores = new WeakMap<Ports["git"], Promise<ParseStore>>();

/** The store of a clone, read once by a command. */
export function parseStore(ports: StorePorts, repository: Repository): Promise<ParseStore> {
  const store = stores.get(ports.git) ?? openStore(ports, repository);
  stores.set(ports.git, store);
  return store;
}

/**
 * Lines `<seal> <version> <key> <place> <json>`, of which the last one counts. The file grows by whole lines, so that two runs at once
 * cannot spoil it, and a line that was cut short or damaged is not what its seal says.
 */
async function openStore({ files }: StorePorts, repository: Repository): Promise<ParseStore> {
  const { lines, ids, dead, isCut } = indexed(await readCache(files, repository, name));
  const values = new Map<string, Promise<ParsedForm | null>>();
  let isCrowded = dead > mostDead && dead > sizeOf(lines.values());
  let waiting: Buffer[] = isCut ? [Buffer.from("\n")] : [];
  /** That of `waiting`, which begins once what came before is written. */
  let next: Promise<void> | null = null;
  let last: Promise<void> = Promise.resolve();

  /** What comes at once is written at once, and one thing after the other: what ends a line that is cut has to be there first. */
  async function write(): Promise<void> {
    const added = Buffer.concat(waiting);
    waiting = [];
    next = null;
    if (!isCrowded) return growCache(files, repository, name, added);
    isCrowded = false;
    await writeCache(files, repository, name, Buffer.concat([...lines.values(), added]));
  }

  async function found(key: string, make: () => Promise<ParsedForm | null>): Promise<ParsedForm | null> {
    const line = lines.get(key);
    const known = line === undefined ? null : opened(line);
    if (known !== null) return known;
    const made = await make();
    if (made === null) return null;
    ids.add(idOf(key));
    waiting.push(sealed([version, key, encodeURIComponent(made.place), JSON.stringify(made.value)].join(" ")));
    next ??= last.then(write, write);
    last = next;
    await next;
    return made;
  }

  return {
    once(key, make) {
      const known = values.get(key) ?? found(key, make);
      values.set(key, known);
      return known;
    },
    knows: (id) => ids.has(id),
  };
}

const idOf = (key: string) => key.slice(0, -kindDigits - 1);

interface IndexedLines {
  /** By key, oldest first. */
  readonly lines: ReadonlyMap<string, Buffer>;
  readonly ids: Set<string>;
  /** Bytes of lines that nobody needs. */
  readonly dead: number;
  /** Whether the last line does not end: whoever wrote it was ended. */
  readonly isCut: boolean;
}

function indexed(stored: Uint8Array | null): IndexedLines {
  const bytes = Buffer.from(stored?.buffer ?? new ArrayBuffer(), stored?.byteOffset, stored?.byteLength);
  const lines = new Map<string, Buffer>();
  const keysOf = new Map<string, string[]>();
  for (let at = 0, end = bytes.indexOf(lineFeed); end !== -1; at = end + 1, end = bytes.indexOf(lineFeed, at)) {
    const line = bytes.subarray(at, end + 1);
    const [ofVersion = "", key = "", place = ""] = headOf(line);
    if (ofVersion !== version) continue;
    lines.delete(key);
    lines.set(key, line);
    const keys = keysOf.get(place) ?? [];
    if (!keys.includes(key)) keys.push(key);
    if (keys.length > mostOfOnePlace) lines.delete(keys.shift()!);
    keysOf.set(place, keys);
  }
  const ids = new Set([...lines.keys()].map(idOf));
  const isCut = bytes.length > 0 && bytes.at(-1) !== lineFeed;
  return { lines, ids, dead: bytes.length - sizeOf(lines.values()), isCut };
}

/** The first words after the seal. */
function headOf(line: Buffer): readonly string[] {
  let end = sealDigits;
  for (let words = 0; words < 3 && end !== -1; words++) end = line.indexOf(blank, end + 1);
  return end === -1 ? [] : line.toString("latin1", sealDigits + 1, end).split(" ");
}

function sealed(text: string): Buffer {
  return Buffer.from(`${sha256(text)} ${text}\n`);
}

/** @returns `null`: it is not what was written. */
function opened(line: Buffer): ParsedForm | null {
  const text = line.subarray(sealDigits + 1, -1);
  if (sha256(text) !== line.toString("latin1", 0, sealDigits)) return null;
  const head = headOf(line);
  return { place: head[2]!, value: JSON.parse(text.toString("utf8", head.join(" ").length + 1)) as unknown };
}

function sizeOf(lines: Iterable<Buffer>): number {
  let bytes = 0;
  for (const { length } of lines) bytes += length;
  return bytes;
}
