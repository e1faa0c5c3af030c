import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import path from "node:path";
import { systemClock } from "../../clock.ts";
import { fileBytes } from "../../disk/file-bytes.ts";
import { isLeftBehind, temporaryName } from "../../disk/left-behind.ts";
import { machineFolder } from "../../disk/scratch.ts";

/** Bytes that are being written, and what they hash to so far. */
export interface PartialFile {
  readonly bytes: number;
  /** Of all bytes so far. */
  digests(): { readonly sha256: string; readonly md5: string };
  write(chunk: Uint8Array): Promise<void>;
  /** Of the bytes without each carriage return before a line feed. */
  md5OfText(): Promise<string>;
  /** Begins again. */
  clear(): Promise<void>;
  /** Makes it lasting under its digest. @returns its path. */
  keep(): Promise<string>;
  /** Lets go of it; what is there may be continued one day. */
  leave(): Promise<void>;
  discard(): Promise<void>;
}

/** Files by their sha256. What it gives was hashed in this process. */
export interface ContentStore {
  /** @returns its path; `null`: it is not here, or it was damaged. */
  find(sha256: string): Promise<string | null>;
  /** @param name what is being brought, so that a later run goes on where a killed one stopped. */
  begin(name: string): Promise<PartialFile>;
}

/**
 * Files of a folder below the git common directory, each named by its digest. A file gets there by a rename once its bytes are on the disk, and is hashed
 * before this process first uses it, so that what was damaged since is seen and fetched again. Where nothing can be kept, it
 * lives as long as this process. The time of a file is that of its last use.
 */
export function contentStore(folder: string): ContentStore {
  const verified = new Map<string, string>();
  let writable: Promise<string> | null = null;
  const place = (): Promise<string> => (writable ??= writableFolder(folder));

  return {
    async find(sha256) {
      const file = path.join(await place(), sha256);
      const stands = await stampOf(file);
      if (stands === null) return null;
      if (verified.get(sha256) !== stands) {
        if ((await hashFile(file)).sha256.digest("hex") !== sha256) {
          await rm(file, { recursive: true, force: true });
          return null;
        }
        const now = systemClock.now() / 1000;
        await utimes(file, now, now).catch(() => {});
        verified.set(sha256, (await stampOf(file)) ?? "");
      }
      return file;
    },

    async begin(name) {
      const at = await place();
      const own = path.join(at, `${name}.${temporaryName()}.part`);
      await adopt(at, name, own);
      return partialFile(own, async (sha256) => {
        const file = path.join(at, sha256);
        await rename(own, file);
        verified.set(sha256, (await stampOf(file)) ?? "");
        return file;
      });
    },
  };
}

async function writableFolder(folder: string): Promise<string> {
  const made = await mkdir(folder, { recursive: true }).then(
    () => true,
    () => false,
  );
  return made ? folder : (await machineFolder()).path;
}

/** Takes over what a killed process had of the same file; two that try at once get it once. */
async function adopt(folder: string, name: string, own: string): Promise<void> {
  for (const entry of await readdir(folder).catch((): string[] => [])) {
    if (!entry.startsWith(`${name}.`) || !entry.endsWith(".part")) continue;
    const age = systemClock.now() - ((await stat(path.join(folder, entry)).catch(() => null))?.mtimeMs ?? 0);
    if (!isLeftBehind(entry, age) && !isOwnLeftover(entry)) continue;
    await rename(path.join(folder, entry), own).catch(() => {});
    return;
  }
}

/** Left by this very process after a failure: nobody else writes to it. */
const leftovers = new Set<string>();
const isOwnLeftover = (entry: string) => leftovers.delete(entry);

async function partialFile(file: string, place: (sha256: string) => Promise<string>): Promise<PartialFile> {
  const handle = await open(file, "a");
  let hashes = await hashFile(file);
  const named = async <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: NodeJS.ErrnoException) => {
      // A write to an open file fails without a name.
      throw Object.assign(error, { path: error.path ?? file });
    });
  return {
    get bytes() {
      return hashes.bytes;
    },
    digests: () => ({ sha256: hashes.sha256.copy().digest("hex"), md5: hashes.md5.copy().digest("hex") }),
    async md5OfText() {
      const md5 = createHash("md5");
      let held = "";
      for await (const chunk of createReadStream(file, "latin1") as AsyncIterable<string>) {
        const text = held + chunk;
        held = text.endsWith("\r") ? "\r" : "";
        md5.update(text.slice(0, text.length - held.length).replaceAll("\r\n", "\n"), "latin1");
      }
      return md5.update(held, "latin1").digest("hex");
    },
    async write(chunk) {
      await named(handle.writeFile(chunk));
      hashes.sha256.update(chunk);
      hashes.md5.update(chunk);
      hashes.bytes += chunk.length;
    },
    async clear() {
      await named(handle.truncate(0));
      hashes = emptyHashes();
    },
    async keep() {
      await named(handle.sync());
      await handle.close();
      return place(hashes.sha256.copy().digest("hex"));
    },
    async leave() {
      await handle.close();
      if (hashes.bytes === 0) await rm(file, { force: true });
      else leftovers.add(path.basename(file));
    },
    async discard() {
      await handle.close();
      await rm(file, { force: true });
    },
  };
}

interface Hashes {
  readonly sha256: ReturnType<typeof createHash>;
  readonly md5: ReturnType<typeof createHash>;
  bytes: number;
}

const emptyHashes = (): Hashes => ({ sha256: createHash("sha256"), md5: createHash("md5"), bytes: 0 });

async function hashFile(file: string): Promise<Hashes> {
  const hashes = emptyHashes();
  for await (const chunk of fileBytes(file)) {
    hashes.sha256.update(chunk);
    hashes.md5.update(chunk);
    hashes.bytes += chunk.length;
  }
  return hashes;
}

async function stampOf(file: string): Promise<string | null> {
  const facts = await stat(file, { bigint: true }).catch(() => null);
  return facts === null ? null : `${facts.size} ${facts.mtimeNs} ${facts.ino}`;
}
