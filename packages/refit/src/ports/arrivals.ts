import type { DataManifest } from "@refit/core/spec";
import type { FetchedFile } from "./sources.ts";

/** A file whose rows came one after the other. */
export interface ArrivedFile {
  /**
   * When each row came, in the order of the file, epoch milliseconds; a row without a time that can be read came with the one
   * before it, and at the beginning of the file with the first.
   */
  readonly times: Float64Array;
  /**
   * The file's bytes as they were when only these rows had come; `null`: none had.
   *
   * @param scratch a folder for what is written meanwhile.
   */
  until(instant: number, scratch: string): Promise<Uint8Array | null>;
}

export interface ArrivalTime {
  /** The model's column of times. */
  readonly time: string;
  /** A folder for what is written meanwhile. */
  readonly scratch: string;
}

/** When the rows of data files came, by a column of theirs. Each row is read by itself, so that no later one changes it. */
export interface Arrivals {
  /** @throws BacktestTimeError where the file does not say when its rows came. */
  open(file: FetchedFile, manifest: DataManifest, where: ArrivalTime): Promise<ArrivedFile>;
}
