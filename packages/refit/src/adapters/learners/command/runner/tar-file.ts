import { createHash } from "node:crypto";
import { open, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { mkdir } from "node:fs/promises";

const BLOCK = 512;
const CHUNK = 1 << 20;

/**
 * Packs files of a folder in the format of POSIX (ustar), without times and owners, so that the same files give the same bytes.
 *
 * @param names paths in the folder, with `/`.
 * @returns sha256 of the file.
 */
export async function packTar(folder: string, names: readonly string[], into: string): Promise<string> {
  const hash = createHash("sha256");
  const out = await open(into, "wx");
  const write = async (bytes: Uint8Array) => {
    hash.update(bytes);
    await out.write(bytes);
  };
  try {
    for (const name of names) {
      const file = await open(path.join(folder, name));
      try {
        const { size } = await file.stat();
        await write(headerOf(name, size));
        for await (const chunk of chunksOf(file, size)) await write(chunk);
        await write(new Uint8Array(paddingOf(size)));
      } finally {
        await file.close();
      }
    }
    await write(new Uint8Array(2 * BLOCK));
  } finally {
    await out.close();
  }
  return hash.digest("hex");
}

async function* chunksOf(file: FileHandle, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < size;) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(CHUNK, size - at)), 0, undefined, at);
    if (bytesRead === 0) throw new TarError("a file became shorter");
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

const paddingOf = (size: number) => (BLOCK - (size % BLOCK)) % BLOCK;

/** What is not a tar file of regular files with plain names. */
export class TarError extends Error {}

function headerOf(name: string, size: number): Uint8Array {
  const header = Buffer.alloc(BLOCK);
  const [prefix, rest] = splitName(name);
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, "0");
  const fields: readonly [number, string][] = [
    [0, rest],
    [100, "0000755"],
    [108, "0000000"],
    [116, "0000000"],
    [124, octal(size, 11)],
    [136, octal(0, 11)],
    [148, " ".repeat(8)],
    [156, "0"],
    [257, "ustar\u000000"],
    [345, prefix],
  ];
  for (const [at, text] of fields) header.write(text, at, "utf8");
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${octal(sum, 6)}\0 `, 148);
  return header;
}

/** A long path in two parts, as the format has room for them. */
function splitName(name: string): readonly [prefix: string, rest: string] {
  if (Buffer.byteLength(name) <= 100) return ["", name];
  for (let at = name.indexOf("/"); at >= 0; at = name.indexOf("/", at + 1)) {
    const [prefix, rest] = [name.slice(0, at), name.slice(at + 1)];
    if (Buffer.byteLength(prefix) <= 155 && Buffer.byteLength(rest) <= 100) return [prefix, rest];
  }
  throw new TarError(`${name} is too long a path`);
}

export interface Unpacking {
  readonly folder: string;
  /** Whether a file of this path is wanted; another one ends it. */
  readonly isWanted: (name: string) => boolean;
  /** Of all files together. */
  readonly mostBytes: number;
}

/**
 * Unpacks regular files, and nothing else: no link, no device, no path that leads elsewhere.
 *
 * @throws TarError
 */
export async function unpackTar(from: string, { folder, isWanted, mostBytes }: Unpacking): Promise<void> {
  const file = await open(from);
  try {
    let left = mostBytes;
    let longName: string | null = null;
    for (let at = 0; ;) {
      const header = await exactly(file, at, BLOCK);
      at += BLOCK;
      if (header.every((byte) => byte === 0)) return;
      const { name, size, type } = readHeader(header);
      const data = at;
      at += size + paddingOf(size);
      // GNU's way to write a long path: it comes first, as a file of its own.
      if (type === "L" && size <= 4096) {
        longName = textOf(await exactly(file, data, size));
        continue;
      }
      const told = (longName ?? name).replace(/^\.\//, "");
      longName = null;
      if (type === "5") continue;
      if (type !== "0" && type !== "\0") throw new TarError(`${told} is not a regular file`);
      if (!isWanted(told)) throw new TarError(`${told} was not asked for`);
      if ((left -= size) < 0) throw new TarError(`it has more than ${mostBytes} bytes`);
      await copy(file, { at: data, size }, path.join(folder, told));
    }
  } finally {
    await file.close();
  }
}

async function copy(from: FileHandle, { at, size }: { at: number; size: number }, into: string): Promise<void> {
  await mkdir(path.dirname(into), { recursive: true });
  const out = await open(into, "wx");
  try {
    for (let done = 0; done < size; done += CHUNK)
      await out.write(await exactly(from, at + done, Math.min(CHUNK, size - done)));
  } finally {
    await out.close();
  }
}

async function exactly(file: FileHandle, at: number, size: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, at);
  if (bytesRead < size) throw new TarError("it ends in the middle");
  return buffer;
}

function readHeader(header: Buffer): { readonly name: string; readonly size: number; readonly type: string } {
  const sum = header.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
  if (Number.parseInt(textOf(header.subarray(148, 156)), 8) !== sum) throw new TarError("it is not a tar file");
  const size = textOf(header.subarray(124, 136)).trim();
  if (!/^[0-7]{1,11}$/.test(size)) throw new TarError("it has a size that cannot be read");
  const isPosix = header.toString("latin1", 257, 263) === "ustar\0";
  const prefix = isPosix ? textOf(header.subarray(345, 500)) : "";
  const name = textOf(header.subarray(0, 100));
  return {
    name: prefix === "" ? name : `${prefix}/${name}`,
    size: Number.parseInt(size, 8),
    type: header.toString("latin1", 156, 157),
  };
}

/** Up to the first zero. */
function textOf(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString("utf8", 0, end < 0 ? bytes.length : end);
}
