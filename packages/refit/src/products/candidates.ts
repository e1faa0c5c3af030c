import type { HandedOverModel, HandedOverPart } from "@refit/core/history";
import type { ArtifactFiles } from "@refit/core/runtime";

/** A folder of candidates whose digest is the one that was handed on. */
export interface Candidates {
  /** `undefined`: none for this model. */
  of(model: string): HandedOverModel | undefined;
  /** The artifact of one of its models; empty: there is none. */
  artifact(model: string, part: HandedOverPart): Promise<ArtifactFiles>;
}
