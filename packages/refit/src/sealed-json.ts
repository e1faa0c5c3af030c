import { sha256 } from "./sha256.ts";

/** What a text holds; `null` where it is not JSON, as after a write that was cut short, or where it is JSON's own `null`. */
export function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** A value as JSON below its own digest, so that whoever reads it knows it to be what was written. */
export function sealJson(value: unknown): string {
  const text = JSON.stringify(value);
  return `${sha256(text)}\n${text}`;
}

/** @returns what was sealed; `null`: the text is damaged, cut short or something else. */
export function openSealedJson(sealed: string): { readonly value: unknown } | null {
  const end = sealed.indexOf("\n");
  const text = sealed.slice(end + 1);
  return end !== -1 && sealed.slice(0, end) === sha256(text) ? { value: JSON.parse(text) as unknown } : null;
}
