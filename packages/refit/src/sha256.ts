import { createHash, hash } from "node:crypto";

/** 64 hex digits. */
export function sha256(content: string | Uint8Array): string {
  // Of thousands of small texts, making an object for each takes longer than hashing them.
  return hash("sha256", content, "hex");
}

/** The id that git gives a file of these bytes. @param like an id of the same repository: its length says how git makes them. */
export function blobId(bytes: Uint8Array, like: string): string {
  return createHash(like.length === 40 ? "sha1" : "sha256")
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest("hex");
}
