import type { ArtifactFiles } from "@refit/core/runtime";

/** Files of a model as JSON can hold them. */
export type KeptArtifact = readonly (readonly [file: string, base64: string])[];

export function keptArtifact(artifact: ArtifactFiles): KeptArtifact {
  return [...artifact].map(([file, bytes]) => [file, Buffer.from(bytes).toString("base64")] as const);
}

export function artifactOf(kept: KeptArtifact): ArtifactFiles {
  return new Map(kept.map(([file, text]) => [file, Buffer.from(text, "base64")]));
}
