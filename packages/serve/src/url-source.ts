import { fromUrl, type VersionReader } from "@refit/runtime";
import type { FoundVersion, VersionSource } from "./follow.ts";

const lineageFile = "lineage.json";

/** A version by its `lineage.json`, which names the digest of every other file. */
export function versionByLineage(lineage: Uint8Array, read: VersionReader): FoundVersion {
  return { id: new TextDecoder().decode(lineage), read: (path) => (path === lineageFile ? lineage : read(path)) };
}

/**
 * The version below an address, such as `https://example.org/models/churn/champion`. Of a server that sends an ETag, nothing is transferred as long as
 * `lineage.json` stays the same.
 *
 * @param get left out: `fetch`; give another one for credentials
 * @param milliseconds in which each file must have come; left out: 30,000
 */
export function urlSource(folder: string | URL, get: typeof fetch = fetch, milliseconds = 30_000): VersionSource {
  const base = String(folder).replace(/\/*$/, "/");
  const read = fromUrl(base, async (address) => get(address, { signal: AbortSignal.timeout(milliseconds) }));
  let last: { readonly tag: string; readonly found: FoundVersion } | null = null;
  return async (answering) => {
    // What came under this tag and was not taken may have been cut on its way, and is asked for again.
    const headers = last === null || last.found.id !== answering ? {} : { "if-none-match": last.tag };
    const answer = await get(base + lineageFile, { headers, signal: AbortSignal.timeout(milliseconds) });
    if (answer.status === 304 && last !== null) return last.found;
    if (!answer.ok) throw new Error(`${base}${lineageFile} answered with status ${answer.status}.`);
    const found = versionByLineage(new Uint8Array(await answer.arrayBuffer()), read);
    const tag = answer.headers.get("etag");
    last = tag === null ? null : { tag, found };
    return found;
  };
}
