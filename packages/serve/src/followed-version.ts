import { loadVersion, type LoadedVersion, type LoadOptions, type VersionReader } from "@refit/runtime";
import type { RawRefusal, RawRows, RawSource } from "./raw-rows.ts";

/** A version, where it lies. */
export interface FoundVersion {
  /** Of its content: a version with the id of the last one is not read again. */
  readonly id: string;
  readonly read: VersionReader;
  /** Its tree id, where git has said it; then the folder must have no other files. */
  readonly treeId?: string;
  /** What people call it, such as `v7`. */
  readonly version?: string | null;
  /** What opens it besides its files, asked once for each version that is loaded; left out: what `follow` was given. */
  readonly tools?: () => Promise<VersionTools>;
  /** What prepares raw rows for it; left out: nothing does. */
  readonly raw?: RawSource;
}

const lineageFile = "lineage.json";

/** A version by its `lineage.json`, which names the digest of every other file. */
export function versionByLineage(lineage: Uint8Array, read: VersionReader): FoundVersion {
  return { id: new TextDecoder().decode(lineage), read: (path) => (path === lineageFile ? lineage : read(path)) };
}

/** What it takes to answer by a version. @throws where that cannot be had: then it does not answer */
export type VersionTools = Pick<LoadOptions, "learners" | "threshold">;

/** A version that was checked and answers. */
export interface FollowedVersion {
  readonly id: string;
  readonly version: LoadedVersion;
  /** Of the source of `raw`; `null`: there is none. */
  readonly rawId: string | null;
  readonly raw: RawRows | RawRefusal | null;
}

/** What was found, opened; of what has not changed, what was opened before. @throws where it is damaged, or cannot be opened here */
export async function openFound(
  name: string,
  found: FoundVersion,
  { loading, before }: { readonly loading: LoadOptions; readonly before: FollowedVersion | null },
): Promise<FollowedVersion> {
  const { id, raw: source } = found;
  const isSame = before?.id === id;
  const version = isSame ? before.version : await opened(name, found, { ...loading, ...(await found.tools?.()) });
  const rawId = (await source?.id()) ?? null;
  if (isSame && before.rawId === rawId) return before;
  const raw = source === undefined ? null : await source.open();
  return { id, version, rawId, raw };
}

/** Nobody waits for it: rows that are being prepared are prepared to the end. */
export function retireRaw(raw: RawRows | RawRefusal | null | undefined): void {
  if (raw !== null && raw !== undefined && "close" in raw) void raw.close().catch(() => {});
}

/** With what to do, where the error knows. */
export function saidByError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { hint } = error as { readonly hint?: unknown };
  return typeof hint === "string" ? `${error.message} ${hint}` : error.message;
}

async function opened(
  name: string,
  { read, treeId, version }: FoundVersion,
  options: LoadOptions,
): Promise<LoadedVersion> {
  const called = version === undefined || version === null ? {} : { version };
  // The runtime computes ids of SHA-1; git has others where somebody chose them.
  const known = treeId?.length === 64 ? { treeId } : {};
  const loaded = await loadVersion(read, { ...options, ...called, ...known });
  if (loaded.model !== name) throw new Error(`It is a version of ${loaded.model}, not of ${name}.`);
  if (treeId !== undefined && treeId !== loaded.treeId) {
    throw new Error(`The folder ${treeId} has other files than its lineage.json says: it is damaged.`);
  }
  return loaded;
}
