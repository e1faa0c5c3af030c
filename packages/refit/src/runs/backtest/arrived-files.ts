import { createHash } from "node:crypto";
import path from "node:path";
import { finding, type Finding } from "@refit/core/data";
import { globPattern, type DataManifest } from "@refit/core/spec";
import type { ArrivalTime, ArrivedFile } from "../../ports/arrivals.ts";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import type { FetchedFile, Sources } from "../../ports/sources.ts";
import { sha256 } from "../../sha256.ts";

/** All data files of today, and when each of their rows came. */
export interface History {
  readonly files: readonly { readonly file: FetchedFile; readonly rows: ArrivedFile }[];
  /** Of all rows, ascending, epoch milliseconds. */
  readonly times: Float64Array;
}

type ArrivalPorts = Pick<Ports, "arrivals" | "sources">;

/** @throws BacktestTimeError */
export async function readArrivals(
  ports: ArrivalPorts,
  repository: Repository,
  manifest: DataManifest,
  where: ArrivalTime,
): Promise<History> {
  const listing = await ports.sources.list(repository, manifest, { workTree: false });
  const files = [];
  for (const source of listing.files) {
    const file = await ports.sources.fetch(repository, source);
    files.push({ file, rows: await ports.arrivals.open(file, manifest, where) });
  }
  const times = Float64Array.from(files.flatMap(({ rows }) => [...rows.times])).sort();
  return { files, times };
}

/** The data files as they were at an instant. */
export interface ArrivedData {
  readonly files: readonly FetchedFile[];
  readonly findings: readonly Finding[];
}

/** Writes what had come until then below a folder; a file that is whole stays where it is. */
export async function dataUntil(
  ports: Pick<Ports, "files">,
  { files }: History,
  { manifest, folder }: { readonly manifest: DataManifest; readonly folder: string },
  instant: number,
): Promise<ArrivedData> {
  const arrived: FetchedFile[] = [];
  for (const { file, rows } of files) {
    const bytes = await rows.until(instant, folder);
    if (bytes === null) continue;
    const digest = sha256(bytes);
    if (digest === file.sha256) {
      arrived.push(file);
      continue;
    }
    const localPath = path.join(folder, `${digest}${path.extname(file.path)}`);
    if ((await ports.files.list(folder)).every((entry) => entry.path !== path.basename(localPath)))
      await ports.files.write(localPath, bytes, { lasting: false });
    const blob = file.blob && blobId(bytes, file.blob.length);
    arrived.push({ ...file, bytes: bytes.byteLength, sha256: digest, blob, identity: blob ?? digest, localPath });
  }
  const missing = manifest.sources.filter(({ path: pattern }) => {
    const named = globPattern(pattern);
    return !arrived.some((file) => named.test(file.path));
  });
  return {
    files: arrived,
    findings: missing.map((source) => finding("no-files", {}, `No file matches ${JSON.stringify(source.path)} yet.`)),
  };
}

/** As git names these bytes where a person commits them as they are. */
function blobId(bytes: Uint8Array, length: number): string {
  const hash = createHash(length === 40 ? "sha1" : "sha256");
  return hash.update(`blob ${bytes.byteLength}\0`).update(bytes).digest("hex");
}

/** Data files that are there already, as a source of a repository that does not hold them. */
export function arrivedSources(schemes: readonly string[], { files, findings }: ArrivedData): Sources {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return {
    schemes,
    list: async () => ({ files, findings, notices: [] }),
    knownDigest: async (_, file) => byPath.get(file.path)!.sha256,
    watched: async () => [],
    earlier: async () => null,
    fetch: async (_, file) => byPath.get(file.path)!,
  };
}
