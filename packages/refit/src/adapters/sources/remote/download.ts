import { DataLimitError, SourceAlteredError } from "@refit/core/errors";
import { brokenBody } from "./http-client.ts";
import type { ContentStore, PartialFile } from "./content-store.ts";
import { PassingFault, patiently, type SourcePatience } from "./patience.ts";
import type { Promised, RemoteBytes, RemotePlace, RemoteSource, WantedFile } from "./remote-place.ts";

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
  try {
    if (!place.isResumable(file)) await part.clear();
    const { versionId } = await receiveWhole(request, patience, part);
    const { sha256 } = part.digests();
    const { bytes } = part;
    return { localPath: await part.keep(), sha256, bytes, versionId };
  } catch (error) {
    // A passing fault ends as unreachable: what came is kept for the next run. Anything else makes it worthless.
    const keeps = place.isResumable(file) && isUnreachable(error);
    await (keeps ? part.leave() : part.discard()).catch(() => {});
    throw error;
  }
}

/** Bytes that were spoiled on the way are asked for once more, from the first to the last. @throws SourceAlteredError */
async function receiveWhole(
  request: DownloadRequest,
  patience: SourcePatience,
  part: PartialFile,
): Promise<Pick<RemoteBytes, "versionId">> {
  const { place, file } = request;
  for (let isSecond = false; ; isSecond = true) {
    const { versionId, promised } = await patiently(file.path, patience, () => receive(request, part));
    const broken = await brokenPromise({ ...place.promised(file), ...promised }, part);
    if (broken === null) return { versionId };
    if (isSecond) throw new SourceAlteredError(file.path, broken);
    await part.clear();
  }
}

const isUnreachable = (error: unknown) =>
  error instanceof Error && "code" in error && error.code === "source-unreachable";

/** One try. @returns what was told together with the bytes. */
async function receive(
  request: DownloadRequest,
  part: PartialFile,
): Promise<Pick<RemoteBytes, "versionId" | "promised">> {
  const { place, source, file, mostMiB } = request;
  const most = mostMiB * 1024 * 1024;
  if (file.bytes !== null && file.bytes > most) throw new DataLimitError("downloadMiB", mostMiB, { path: file.path });
  if (!place.isResumable(file)) await part.clear();
  const { from, total, stream, ...told } = await place.open(source, file, part.bytes);
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
  return told;
}

/** Node names the system call of a failed write, too, but that of a socket has no path. */
function isDisk(error: unknown): boolean {
  return error instanceof Error && "syscall" in error && "path" in error;
}

/** Which promise the bytes break, as a clause; `null`: none. */
async function brokenPromise({ sha256, md5, md5OfText }: Promised, part: PartialFile): Promise<string | null> {
  const found = part.digests();
  if (sha256 !== undefined && found.sha256 !== sha256) return `its sha256 is ${found.sha256}, and should be ${sha256}`;
  const wanted = md5 ?? md5OfText;
  if (wanted === undefined || found.md5 === wanted) return null;
  if (md5OfText !== undefined && (await part.md5OfText()) === md5OfText) return null;
  return `its md5 is ${found.md5}, and should be ${wanted}`;
}
