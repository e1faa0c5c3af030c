import type { FileDifference } from "@refit/core/history";

/** Why a version does not come out the same, or cannot be made. */
export interface Hindrance {
  /**
   * - `data-missing`: a data file is not here any more
   * - `data-changed`: it is here with other bytes
   * - `data-unreadable`: the bytes are right, and this refit reads them in another way
   * - `inputs-unknown`: no commit has the settings and the tracked data that lineage.json names
   * - `algorithm`: a learner makes other bytes from the same inputs by now
   * - `lineage`: lineage.json, or the version that it was compared with, cannot be read
   * - `edited`: the folder does not match its own lineage.json
   * - `unexplained`: all inputs are the same, and the bytes are not
   * - `failed`: making it ended in an error that refit knows
   */
  readonly kind:
    | "data-missing"
    | "data-changed"
    | "data-unreadable"
    | "inputs-unknown"
    | "algorithm"
    | "lineage"
    | "edited"
    | "unexplained"
    | "failed";
  /** One or two sentences. */
  readonly message: string;
  /** The data file; `null`: it is not about one. */
  readonly path: string | null;
  /** Of the bytes that are wanted; `null`: it is not about a file. */
  readonly sha256: string | null;
}

/** A version beside what its inputs make today. */
export interface Reproduction {
  readonly model: string;
  readonly version: number;
  readonly treeId: string;
  /**
   * - `same`: every byte is
   * - `rescored`: its model cannot be made again; its answers and every other file were, and are the same
   * - `impossible`: it could not be made again, so nothing was compared
   */
  readonly result: "same" | "rescored" | "differs" | "impossible";
  /** What was done and found, in one line. */
  readonly title: string;
  /** The commit whose data and settings were used; `null`: none was found. */
  readonly madeFrom: string | null;
  readonly because: readonly Hindrance[];
  readonly differences: readonly FileDifference[];
}
