import type { Verification } from "@refit/core/answers";
import type { Ports } from "../../ports/index.ts";
export type { Verification } from "@refit/core/answers";

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
  | "reviews"
  | "sources"
  | "tables"
>;

/** What can be told of the folder alone. */
export type FolderCheck = Omit<Verification, "model" | "weakened" | "approvals">;
