import type { Files } from "../../ports/files.ts";
import { openSealedJson, sealJson } from "../../sealed-json.ts";
import { decodeText, encodeText } from "../../text.ts";

/** @returns what was kept there; `null`: nothing, or it is damaged. */
export async function readKept<T>(files: Pick<Files, "read">, place: string): Promise<{ readonly value: T } | null> {
  const bytes = await files.read(place);
  const stored = bytes && openSealedJson(decodeText(bytes));
  return stored as { readonly value: T } | null;
}

export async function keep(files: Pick<Files, "write">, place: string, value: unknown): Promise<void> {
  await files.write(place, encodeText(sealJson(value)), { lasting: false });
}
