import { createHash } from "node:crypto";

/** 64 hex digits. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** The id that git gives a file of these bytes. @param like an id of the same repository: its length says how git makes them. */
export function blobId(bytes: Uint8Array, like: string): string {
  return createHash(like.length === 40 ? "sha1" : "sha256")
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest("hex");
}
