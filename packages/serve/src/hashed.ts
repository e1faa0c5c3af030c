import { sha256Words } from "./sha256.ts";

const encoder = new TextEncoder();
const two20 = 1_048_576;
const two52 = 4_503_599_627_370_496;

/**
 * Where a text falls in [0, 1): the first 52 bits of its SHA-256 over 2^52, which other languages give alike. Texts below a share stay below any
 * larger one.
 */
export function hashedShare(text: string): number {
  const [first, second] = sha256Words(encoder.encode(text));
  return (first! * two20 + (second! >>> 12)) / two52;
}

/** A key that only whoever has the salt can find again: HMAC-SHA256 of the JSON list of its texts, 64 hexadecimal digits. */
export async function hashedKey(values: readonly string[], salt: string): Promise<string> {
  const use = { name: "HMAC", hash: "SHA-256" };
  const secret = await crypto.subtle.importKey("raw", encoder.encode(salt), use, false, ["sign"]);
  return hex(new Uint8Array(await crypto.subtle.sign("HMAC", secret, encoder.encode(JSON.stringify(values)))));
}

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
