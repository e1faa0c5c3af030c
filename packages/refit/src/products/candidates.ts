import type { ArtifactFiles, HandedOverModel } from "@refit/core";

/** A folder of candidates whose digest is the one that was handed on. */
export interface Candidates {
  /** `undefined`: none for this model. */
  of(model: string): HandedOverModel | undefined;
  /** The challenger's artifact. */
  artifact(model: string): Promise<ArtifactFiles>;
}
