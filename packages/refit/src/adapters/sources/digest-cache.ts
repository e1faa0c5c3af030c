import { appendFile, mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { sha256 as sha256Of } from "../../sha256.ts";

/** What a file's bytes were when they were last hashed. */
export interface KnownDigest {
  readonly sha256: string;
  readonly bytes: number;
  /** What asks the place of a remote file for exactly these bytes, where it keeps earlier ones. */
  readonly versionId?: string | undefined;
}

/** Digests by identity, so that unchanged files are never read again. Losing it costs time and nothing else. */
export interface DigestCache {
  get(identity: string): Promise<KnownDigest | null>;
  add(identity: string, known: KnownDigest): Promise<void>;
  /** The same for many at once. */
  addAll(entries: readonly (readonly [identity: string, known: KnownDigest])[]): Promise<void>;
}

/**
 * A text file of lines `<identity> <sha256> <bytes> [<version id>] <check>`; the last line of an identity counts.
 *
 * It only ever grows by whole short lines, so two runs at once cannot spoil it. A line that is cut short or damaged does
 * not have the digest that it ends with, and is ignored.
 */
export function digestCache(file: string): DigestCache {
  let loaded: Promise<Map<string, KnownDigest>> | null = null;
  const load = (): Promise<Map<string, KnownDigest>> => (loaded ??= readDigests(file));
  const addAll: DigestCache["addAll"] = async (entries) => {
    if (entries.length === 0) return;
    const digests = await load();
    for (const [identity, known] of entries) digests.set(identity, known);
    await append(file, `\n${entries.map(lineOf).join("\n")}\n`).catch(() => {});
  };
  return {
    async get(identity) {
      return (await load()).get(identity) ?? null;
    },
    add: (identity, known) => addAll([[identity, known]]),
    addAll,
  };
}

function lineOf([identity, { sha256, bytes, versionId }]: readonly [string, KnownDigest]): string {
  const line = [identity, sha256, bytes, ...(versionId === undefined ? [] : [encodeURI(versionId)])].join(" ");
  return `${line} ${checkOf(line)}`;
}

/** Fails where nothing can be written; the digest then holds for this run only. */
async function append(file: string, line: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await appendFile(file, line);
}

async function readDigests(file: string): Promise<Map<string, KnownDigest>> {
  const text = await readFile(file, "utf8").catch(() => "");
  const digests = new Map<string, KnownDigest>();
  for (const [, line, identity, digest, bytes, versionId, check] of text.matchAll(entry)) {
    if (check !== checkOf(line!)) continue;
    const known = { sha256: digest!, bytes: Number(bytes) };
    digests.set(identity!, versionId === undefined ? known : { ...known, versionId: decodeURI(versionId) });
  }
  return digests;
}

const entry = /^((\S+) ([0-9a-f]{64}) (\d+)(?: (\S+))?) ([0-9a-f]{16})$/gm;
const checkOf = (line: string) => sha256Of(line).slice(0, 16);
