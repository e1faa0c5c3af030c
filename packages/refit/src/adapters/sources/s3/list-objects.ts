import { PassingFault } from "../remote/patience.ts";

/** An object as `ListObjectsV2` names it. */
export interface ListedObject {
  readonly key: string;
  readonly bytes: number;
  readonly etag: string;
  /** Epoch milliseconds; `null`: the store does not say. */
  readonly modifiedAt: number | null;
}

export interface ObjectPage {
  readonly objects: readonly ListedObject[];
  /** `null`: this was the last page. */
  readonly next: string | null;
}

/** One page of a listing. @throws PassingFault for what is not a whole listing. */
export function readObjectPage(text: string): ObjectPage {
  if (!/<\/ListBucketResult>\s*$/.test(text)) throw new PassingFault("the store sent half a listing");
  const isEncoded = valueOf(text, "EncodingType") === "url";
  const objects = [...text.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, entry]): ListedObject => {
    const key = valueOf(entry!, "Key");
    const size = valueOf(entry!, "Size");
    const etag = valueOf(entry!, "ETag");
    if (key === null || size === null || !/^\d{1,15}$/.test(size) || etag === null)
      throw new PassingFault("the store sent a listing that cannot be read");
    const at = Date.parse(valueOf(entry!, "LastModified") ?? "");
    const modifiedAt = Number.isNaN(at) ? null : at;
    return { key: isEncoded ? decodedKey(key) : key, bytes: Number(size), etag, modifiedAt };
  });
  const next = valueOf(text, "IsTruncated") === "true" ? valueOf(text, "NextContinuationToken") : null;
  if (next === null && valueOf(text, "IsTruncated") === "true") throw new PassingFault("the store sent half a listing");
  return { objects, next };
}

function decodedKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll("+", " "));
  } catch {
    throw new PassingFault("the store sent a listing that cannot be read");
  }
}

/** The text of the first element of a name; elements of this name have no others inside. */
function valueOf(text: string, name: string): string | null {
  const start = text.indexOf(`<${name}>`);
  const end = start < 0 ? -1 : text.indexOf(`</${name}>`, start);
  return end < 0 ? null : unescaped(text.slice(start + name.length + 2, end));
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,4}));/gi,
    (whole, hex?: string, number?: string, name?: string) => {
      const code = hex === undefined ? Number(number) : parseInt(hex, 16);
      if (name !== undefined) return entities[name] ?? whole;
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
