import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { SourceLfsPointerError, SourceVanishedError } from "@refit/core/errors";
import type { SourceFile } from "../../../ports/sources.ts";
import type { KnownDigest } from "../digest-cache.ts";

/** Where the bytes of a source are, and what they are. */
export interface FoundFile {
  readonly localPath: string;
  readonly known: KnownDigest;
}

/** @throws SourceVanishedError, SourceLfsPointerError */
export async function found(file: Pick<SourceFile, "path">, localPath: string): Promise<FoundFile> {
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    if (await isPointer(localPath)) throw new SourceLfsPointerError(file.path);
    for await (const chunk of createReadStream(localPath, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      hash.update(chunk);
    }
  } catch (error) {
    if (error instanceof SourceLfsPointerError) throw error;
    throw new SourceVanishedError(file.path, { cause: error });
  }
  return { localPath, known: { sha256: hash.digest("hex"), bytes } };
}

/** Whether a file is what Git LFS leaves where it did not bring the data. */
async function isPointer(file: string): Promise<boolean> {
  const start = "version https://git-lfs.github.com/spec/";
  const handle = await open(file);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(1024), 0, 1024, 0);
    return bytesRead < 1024 && buffer.toString("latin1", 0, start.length) === start;
  } finally {
    await handle.close();
  }
}
