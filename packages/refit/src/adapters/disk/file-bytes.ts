import { open } from "node:fs/promises";

const pieceBytes = 1 << 20;

/**
 * The bytes of a file in pieces of at most 1 MiB. All pieces share one buffer, which is no larger than the file: each is valid only
 * until the next. A stream takes a MiB for every file, and thousands of small ones keep the garbage collector busy.
 *
 * @throws the system's error for a file that cannot be read.
 */
export async function* fileBytes(file: string): AsyncGenerator<Buffer> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    // One byte more shows the end by the first reading; a file that grows meanwhile is read to its end.
    const buffer = Buffer.allocUnsafe(Math.min(pieceBytes, size + 1));
    for (let read = 0; ;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, read);
      if (bytesRead > 0) yield buffer.subarray(0, bytesRead);
      read += bytesRead;
      if (bytesRead === 0 || (bytesRead < buffer.length && read === size)) return;
    }
  } finally {
    await handle.close();
  }
}
