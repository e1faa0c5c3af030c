import { DataLimitError, SourceAlteredError } from "@refit/core/errors";
import { brokenBody } from "./http-client.ts";
import type { ContentStore, PartialFile } from "./content-store.ts";
import { PassingFault, patiently, type SourcePatience } from "./patience.ts";
import type { RemotePlace, RemoteSource, WantedFile } from "./remote-place.ts";

export interface DownloadRequest {
  readonly place: RemotePlace;
  readonly source: RemoteSource;
  readonly file: WantedFile;
  /** A name for what was not finished. */
  readonly name: string;
  readonly mostMiB: number;
}

export interface Downloaded {
  readonly localPath: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly versionId: string | undefined;
}

/**
 * Brings the bytes of one version into the store, and goes on where it was interrupted. What is kept has the length and the
 * digests that its place promised; anything else is thrown away.
 *
 * @throws SourceUnreachableError, SourceVanishedError, SourceRefusedError, SourceAlteredError, DataLimitError
 */
export async function download(
  store: ContentStore,
  patience: SourcePatience,
  request: DownloadRequest,
): Promise<Downloaded> {
  const { place, file, name } = request;
  const part = await store.begin(name);
  let isFinished = false;
  try {
    if (!place.isResumable(file)) await part.clear();
    const versionId = await patiently(file.path, patience, () => receive(request, part));
    const { sha256 } = part.digests();
    const { bytes } = part;
    requirePromised(request, part);
    isFinished = true;
    return { localPath: await part.keep(), sha256, bytes, versionId };
  } catch (error) {
    // A passing fault ends as unreachable: what came is kept for the next run. Anything else makes it worthless.
    const keeps = !isFinished && place.isResumable(file) && isUnreachable(error);
    await (keeps ? part.leave() : part.discard()).catch(() => {});
    throw error;
  }
}

const isUnreachable = (error: unknown) =>
  error instanceof Error && "code" in error && error.code === "source-unreachable";

/** One try. @returns the version id that came with the bytes. */
async function receive(request: DownloadRequest, part: PartialFile): Promise<string | undefined> {
  const { place, source, file, mostMiB } = request;
  const most = mostMiB * 1024 * 1024;
  if (file.bytes !== null && file.bytes > most) throw new DataLimitError("downloadMiB", mostMiB, { path: file.path });
  if (!place.isResumable(file)) await part.clear();
  const { from, total, stream, versionId } = await place.open(source, file, part.bytes);
  const expected = file.bytes ?? total;
  try {
    if (from !== part.bytes) await part.clear();
    if (from !== part.bytes) throw new PassingFault("the server sent another part than was asked for");
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      await part.write(chunk);
      if (part.bytes > most) throw new DataLimitError("downloadMiB", mostMiB, { path: file.path });
      if (expected !== null && part.bytes > expected) break;
    }
  } catch (error) {
    stream.destroy();
    throw isDisk(error) || error instanceof DataLimitError ? error : brokenBody(file.path, error);
  }
  stream.destroy();
  if (expected !== null && part.bytes !== expected) {
    const why = `${part.bytes < expected ? "the answer ended too early" : "the answer is too long"} (${part.bytes} of ${expected} bytes)`;
    if (part.bytes > expected) await part.clear();
    throw new PassingFault(why);
  }
  return versionId;
}

/** Node names the system call of a failed write, too, but that of a socket has no path. */
function isDisk(error: unknown): boolean {
  return error instanceof Error && "syscall" in error && "path" in error;
}

/** @throws SourceAlteredError */
function requirePromised({ place, file }: DownloadRequest, part: PartialFile): void {
  const found = part.digests();
  for (const [kind, promised] of Object.entries(place.promised(file)) as [keyof typeof found, string][]) {
    if (found[kind] === promised) continue;
    throw new SourceAlteredError(file.path, `its ${kind} is ${found[kind]}, and should be ${promised}`);
  }
}
