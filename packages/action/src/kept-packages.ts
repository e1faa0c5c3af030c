import { createHash, randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";

/**
 * The installed packages of one platform as one file: a line of JSON with the path and size of each file, then their
 * bytes. Everybody on the machine may write to the place where it is kept, so it is worth what its digest is worth.
 */
export interface Pack {
  readonly sha256: string;
  readonly bytes: number;
}

/** What a process loads. The rest of a package is for people and compilers, and more than half of the files. */
const loaded = /\.(?:[cm]?js|json|node|so|dylib|dll)$/;
const hour = 3_600_000;
const month = 30 * 24 * hour;

/** The pack of what npm has installed: the same pieces on every machine. @param home the folder above `node_modules`. */
export async function packPieces(home: string): Promise<Buffer[]> {
  const root = path.join(home, "node_modules");
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && loaded.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, "/"))
    .filter((file) => !file.startsWith(".")) // npm's own
    .sort();
  const contents: Buffer[] = [];
  for (const file of files) contents.push(await readFile(path.join(root, file)));
  const index = files.map((file, i) => [file, contents[i]!.length]);
  return [Buffer.from(`${JSON.stringify(index)}\n`), ...contents];
}

export function measurePack(pieces: readonly Buffer[]): Pack {
  const hash = createHash("sha256");
  for (const piece of pieces) hash.update(piece);
  return { sha256: hash.digest("hex"), bytes: pieces.reduce((sum, { length }) => sum + length, 0) };
}

/**
 * Writes the packages below `home`, when the kept file is the one that the build knows, byte for byte. What is compared
 * is what is written: whoever changes the file meanwhile changes neither.
 *
 * @returns `false`: there is no such file, or it is another one; nothing was written.
 */
export async function unpackKept(file: string, known: Pack, home: string): Promise<boolean> {
  const pack = await readExactly(file, known.bytes);
  if (pack === null || measurePack([pack]).sha256 !== known.sha256) return false;
  let at = pack.indexOf("\n") + 1;
  const index = JSON.parse(pack.toString("utf8", 0, at)) as [name: string, bytes: number][];
  const root = path.join(home, "node_modules");
  for (const folder of new Set(index.map(([name]) => path.dirname(name)))) {
    await mkdir(path.join(root, folder), { recursive: true });
  }
  const writing = index.map(([name, bytes]) => writeFile(path.join(root, name), pack.subarray(at, (at += bytes))));
  await Promise.all(writing);
  return true;
}

/** `null`: it has another size, is a link, or cannot be read. A pipe that somebody put there is not waited for. */
async function readExactly(file: string, bytes: number): Promise<Buffer | null> {
  // Windows has neither of the two.
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as Partial<typeof constants>;
  const handle = await open(file, (O_RDONLY ?? 0) | O_NOFOLLOW | O_NONBLOCK).catch(() => null);
  if (handle === null) return null;
  try {
    const { size } = await handle.stat();
    if (size !== bytes) return null;
    const pack = Buffer.allocUnsafe(bytes);
    const { bytesRead } = await handle.read(pack, 0, bytes, 0);
    return bytesRead === bytes ? pack : null;
  } catch {
    return null;
  } finally {
    await handle.close();
  }
}

/**
 * Keeps what npm has installed for the next step or job, in place of whatever lay there. A process that is killed leaves
 * a file of another name behind, which the next one removes.
 *
 * @returns `false`: it is not what the build knows, so no step would take it.
 */
export async function keepPackages(file: string, known: Pack, home: string): Promise<boolean> {
  const pieces = await packPieces(home);
  if (measurePack(pieces).sha256 !== known.sha256) return false;
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true });
  const part = path.join(folder, `${randomUUID()}.part`);
  try {
    await writeFile(part, pieces, { flag: "wx" });
    const { mtimeMs } = await stat(part);
    await rename(part, file).catch(async () => {
      await rm(file, { recursive: true, force: true }); // somebody's folder
      await rename(part, file);
    });
    await removeOld(folder, mtimeMs);
  } finally {
    await rm(part, { force: true });
  }
  return true;
}

/** What killed processes left, and packs of versions that nobody uses any more. */
async function removeOld(folder: string, now: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    const most = name.endsWith(".part") ? hour : month;
    const { mtimeMs } = await stat(file);
    if (now - mtimeMs > most) await rm(file, { recursive: true, force: true });
  }
}
