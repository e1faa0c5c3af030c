import type { Verdict } from "@refit/core/judge";
import type { Ports } from "../../ports/index.ts";

/** Reads everything and changes nothing, whatever happens. */
export type VerifyPorts = Pick<
  Ports,
  | "resampling"
  | "scratch"
  | "ancestry"
  | "clock"
  | "files"
  | "forge"
  | "git"
  | "largeFiles"
  | "learners"
  | "out"
  | "sources"
  | "tables"
>;

/** What is wrong with, or can be said for, the version that a commit would bring to the base branch. */
export interface Verification {
  readonly model: string;
  /**
   * - `valid`: made again, every byte is the same, and the base branch's gates pass
   * - `rollback`: content that was there before; only its integrity counts
   * - `unchanged`: the same version as on the base branch
   * - `failed`: see `problems`
   */
  readonly result: "valid" | "rollback" | "unchanged" | "failed";
  /** What was done and found, in one line. */
  readonly title: string;
  readonly problems: readonly string[];
  /** What a reviewer should know besides: the bar of the base branch was used, and this would lower it. */
  readonly weakened: readonly string[];
  readonly verdict: Verdict["kind"] | null;
  /** Of the version at the commit; `null`: there is none, or it is not changed. */
  readonly inputDigest: string | null;
  /** The commit of the base branch from which the version was made again; `null`: it was not. */
  readonly madeFrom: string | null;
}

/** What can be told of the folder alone. */
export type FolderCheck = Omit<Verification, "model" | "weakened">;
