import { growCache, readCache, writeCache } from "../data/cache.ts";
import type { Files } from "../ports/files.ts";
import type { Repository } from "../ports/repository.ts";
import { sha256 } from "../sha256.ts";
import { version } from "../version.ts";

/**
 * Many small values by key in one cache file: a line for each, below its own digest, and one that says of what commit all of
 * them are. Only lines that are asked for are parsed; those that did not change are copied.
 */
export interface KeptLines {
  /** Commit that all lines are of. */
  readonly commit: string;
  readonly keys: readonly string[];
  readonly bytes: number;
  /** Whether the last line does not end: whoever wrote it was ended. */
  readonly isCut: boolean;
  /** What was kept under a key; `null`: nothing, or it is damaged. */
  value(key: string): unknown;
  /** The line as it stands in the file, with its line feed. */
  line(key: string): Uint8Array | null;
}

interface WrittenLines {
  readonly commit: string;
  readonly before: KeptLines | null;
  readonly values: ReadonlyMap<string, unknown>;
  readonly without?: ReadonlySet<string>;
}

const lineFeed = 0x0a;
const digestLength = 64;

/** @returns `null`: there is no such file, it is damaged, or another refit wrote it. */
export async function recallLines(files: Files, repository: Repository, name: string): Promise<KeptLines | null> {
  const stored = await readCache(files, repository, name);
  if (stored === null) return null;
  const bytes = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength);
  const lines = new Map<string, Buffer>();
  let head: readonly string[] | null = null;
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(lineFeed, at);
    if (end === -1) break; // cut short
    const line = bytes.subarray(at, end + 1);
    if (head === null) head = openedHead(line);
    else lines.set(keyOf(line), line);
    if (head === null) return null;
    at = end + 1;
  }
  if (head === null || head[0] !== version) return null;
  return {
    commit: head[1]!,
    keys: [...lines.keys()],
    bytes: bytes.length,
    isCut: bytes.at(-1) !== lineFeed,
    value: (key) => valueOf(lines.get(key)),
    line: (key) => lines.get(key) ?? null,
  };
}

/** @param kept.values that are new or have changed. @param kept.without keys of `before` that are not kept any more. */
export async function keepLines(files: Files, repository: Repository, name: string, kept: WrittenLines): Promise<void> {
  const { commit, before, values, without } = kept;
  const copied = (before?.keys ?? []).filter((key) => !values.has(key) && !without?.has(key));
  const keys = [...copied, ...values.keys()].sort();
  const head = JSON.stringify([version, commit]);
  const lines = keys.map((key) => (values.has(key) ? sealedLine(key, values.get(key)) : before!.line(key)!));
  await writeCache(files, repository, name, Buffer.concat([Buffer.from(`${sha256(head)} ${head}\n`), ...lines]));
}

/**
 * Adds to what is kept of things that never change: of a key that two runs add at once the later line counts, and both say the same. The file is not
 * written anew for them.
 */
export async function addLines(files: Files, repository: Repository, name: string, kept: WrittenLines): Promise<void> {
  const { before, values } = kept;
  if (before === null) return keepLines(files, repository, name, kept);
  const lines = [...values].map(([key, value]) => sealedLine(key, value));
  await growCache(files, repository, name, Buffer.concat([Buffer.from(before.isCut ? "\n" : ""), ...lines]));
}

function openedHead(line: Buffer): readonly string[] | null {
  const text = line.toString("utf8", digestLength + 1, line.length - 1);
  return sha256(text) === line.toString("latin1", 0, digestLength) ? (JSON.parse(text) as string[]) : null;
}

function sealedLine(key: string, value: unknown): Buffer {
  const text = `${key} ${JSON.stringify(value)}`;
  return Buffer.from(`${sha256(text)} ${text}\n`);
}

/** Keys have no blank. */
function keyOf(line: Buffer): string {
  return line.toString("latin1", digestLength + 1, Math.max(digestLength + 1, line.indexOf(0x20, digestLength + 1)));
}

function valueOf(line: Buffer | undefined): unknown {
  if (line === undefined) return null;
  const sealed = line.subarray(digestLength + 1, line.length - 1);
  if (sha256(sealed) !== line.toString("latin1", 0, digestLength)) return null;
  return JSON.parse(sealed.toString("utf8", sealed.indexOf(0x20) + 1)) as unknown;
}
