import { fromUrl } from "@refit/runtime";
import { canaryOfFiles, canaryPlace } from "./canary-place.ts";
import type { VersionSource } from "./follow.ts";
import { versionByLineage, type FoundVersion } from "./followed-version.ts";

const lineageFile = "lineage.json";

/**
 * The version below an address, such as `https://example.org/models/churn/champion`, and the canary beside an address of this name. Of a server that
 * sends an ETag, nothing is transferred as long as `lineage.json` stays the same.
 *
 * @param get left out: `fetch`; give another one for credentials
 * @param milliseconds in which each file must have come; left out: 30,000
 */
export function urlSource(folder: string | URL, get: typeof fetch = fetch, milliseconds = 30_000): VersionSource {
  const place = String(folder).replace(/\/*$/, "");
  const base = `${place}/`;
  const readerOf = (address: string) =>
    fromUrl(address, async (file) => get(file, { signal: AbortSignal.timeout(milliseconds) }));
  const read = readerOf(base);
  const beside = canaryPlace(place);
  let last: { readonly tag: string; readonly found: FoundVersion } | null = null;
  const champion = async (answering: string | null): Promise<FoundVersion> => {
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
  return async (answering) => {
    const found = await champion(answering);
    return beside === null ? found : { ...found, canary: await canaryOfFiles(readerOf(beside.folder)) };
  };
}
