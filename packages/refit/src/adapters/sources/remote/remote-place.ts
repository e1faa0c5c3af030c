import type { RemoteVersion } from "@refit/core/history";
import type { DataManifest } from "@refit/core/spec";
import type { Readable } from "node:stream";
import type { Repository } from "../../../ports/repository.ts";
import type { SourceFile } from "../../../ports/sources.ts";

/** An entry of a manifest's `sources`. */
export type RemoteSource = DataManifest["sources"][number];

/** A file as the listing of its place has it. */
export interface RemoteFile {
  readonly path: string;
  /** `null`: the listing does not say. */
  readonly bytes: number | null;
  /** Epoch milliseconds; left out: not known. */
  readonly modifiedAt?: number;
  /** `null`: nothing tells whether the bytes are the same as before, so they are fetched to find out. */
  readonly version: RemoteVersion | null;
}

/** A file whose bytes are asked for. */
export type WantedFile = Pick<SourceFile, "path"> & Pick<RemoteFile, "bytes" | "version">;

/** The bytes of one version, from some place in it to its end. */
export interface RemoteBytes {
  /** Of the first byte that comes. */
  readonly from: number;
  /** Of the whole file; `null`: not known before the end. */
  readonly total: number | null;
  readonly stream: Readable;
  readonly versionId: string | undefined;
  /** Promised together with the bytes. */
  readonly promised?: Promised;
}

/** Where a listing is asked for. */
export interface ListedAt {
  readonly repository: Repository;
  /** Whether files of the work tree count, and not those of the base commit. */
  readonly workTree: boolean;
  /** Fetches what the listing itself is read from. @returns a path. */
  readonly bring: (file: WantedFile) => Promise<string>;
}

/** What bytes must hash to, where their place promises that. */
export interface Promised {
  readonly sha256?: string;
  readonly md5?: string;
  /** Of the bytes, or of the text with line feeds in the place of `\r\n`. */
  readonly md5OfText?: string;
}

/** One kind of place. `list` reads no data; `open` gives the bytes of the wanted version and never of another one. */
export interface RemotePlace {
  list(source: RemoteSource, at: ListedAt): Promise<readonly RemoteFile[]>;
  /**
   * @param from the byte to begin with; the answer may begin with the first instead.
   * @throws SourceVanishedError, SourceRefusedError, SourceAlteredError, PassingFault
   */
  open(source: RemoteSource, file: WantedFile, from: number): Promise<RemoteBytes>;
  /** Whether an entry names this file, whether or not its place still has it; left out: only a listing tells. */
  names?(source: RemoteSource, path: string): boolean;
  /** Whether its place may have this version though it has a newer one; left out: the place has what it has now. */
  keeps?(file: Pick<SourceFile, "version">): boolean;
  /** Entries whose listings have the files in the folder of a data file and below it, whatever they are. */
  beside?(source: RemoteSource, path: string): readonly RemoteSource[];
  /** What the last listing of an entry leaves out, as sentences. */
  notices?(source: RemoteSource): readonly string[];
  /** Whether the place says enough of a version to go on in the middle of its bytes. */
  isResumable(file: WantedFile): boolean;
  promised(file: WantedFile): Promised;
}
