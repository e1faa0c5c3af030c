import { createHash } from "node:crypto";
import { SourceLfsPointerError, SourceVanishedError } from "@refit/core/errors";
import type { SourceFile } from "../../../ports/sources.ts";
import { fileBytes } from "../../disk/file-bytes.ts";
import type { KnownDigest } from "../digest-cache.ts";

/** What Git LFS leaves where it did not bring the data begins so, and is shorter than `pointerBytes`. */
const pointerStart = "version https://git-lfs.github.com/spec/";
const pointerBytes = 1024;

/** Where the bytes of a source are, and what they are. */
export interface FoundFile {
  readonly localPath: string;
  readonly known: KnownDigest;
}

/** @throws SourceVanishedError, SourceLfsPointerError */
export async function hashed(file: Pick<SourceFile, "path">, localPath: string): Promise<FoundFile> {
  const hash = createHash("sha256");
  let bytes = 0;
  let start = "";
  try {
    for await (const piece of fileBytes(localPath)) {
      if (bytes === 0) start = piece.toString("latin1", 0, pointerStart.length);
      bytes += piece.length;
      hash.update(piece);
    }
  } catch (error) {
    throw new SourceVanishedError(file.path, { cause: error });
  }
  if (bytes < pointerBytes && start === pointerStart) throw new SourceLfsPointerError(file.path);
  return { localPath, known: { sha256: hash.digest("hex"), bytes } };
}
