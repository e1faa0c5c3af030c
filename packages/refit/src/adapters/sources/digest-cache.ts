import { appendFile, mkdir, readFile } from "node:fs/promises";
import path from "node:path";

/** What a file's bytes were when they were last hashed. */
export interface KnownDigest {
  readonly sha256: string;
  readonly bytes: number;
}

/** Digests by identity, so that unchanged files are never read again. Losing it costs time and nothing else. */
export interface DigestCache {
  get(identity: string): Promise<KnownDigest | null>;
  add(identity: string, known: KnownDigest): Promise<void>;
}

/**
 * A text file of lines `<identity> <sha256> <bytes>`; the last line of an identity counts.
 *
 * It only ever grows by whole short lines, so two runs at once cannot spoil it, and a line that is cut short is ignored.
 */
export function digestCache(file: string): DigestCache {
  let loaded: Promise<Map<string, KnownDigest>> | null = null;
  const load = (): Promise<Map<string, KnownDigest>> => (loaded ??= readDigests(file));
  return {
    async get(identity) {
      return (await load()).get(identity) ?? null;
    },
    async add(identity, known) {
      (await load()).set(identity, known);
      await append(file, `\n${identity} ${known.sha256} ${known.bytes}\n`).catch(() => {});
    },
  };
}

/** Fails where nothing can be written; the digest then holds for this run only. */
async function append(file: string, line: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await appendFile(file, line);
}

async function readDigests(file: string): Promise<Map<string, KnownDigest>> {
  const text = await readFile(file, "utf8").catch(() => "");
  const lines = text.matchAll(/^(\S+) ([0-9a-f]{64}) (\d+)$/gm);
  return new Map(
    [...lines].map(([, identity, sha256, bytes]) => [identity!, { sha256: sha256!, bytes: Number(bytes) }]),
  );
}
