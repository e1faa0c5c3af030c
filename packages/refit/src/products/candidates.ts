import type { HandedOverModel } from "@refit/core/history";
import type { ArtifactFiles } from "@refit/core/runtime";

/** A folder of candidates whose digest is the one that was handed on. */
export interface Candidates {
  /** `undefined`: none for this model. */
  of(model: string): HandedOverModel | undefined;
  /** The challenger's artifact. */
  artifact(model: string): Promise<ArtifactFiles>;
}
