import { digestInputs, digestPolicy, type InputDigests, type LineageFile } from "@refit/core/history";
import { sha256 } from "../sha256.ts";
import type { Ports } from "../ports/index.ts";
import type { Context } from "../products/context.ts";

export function digestOfInputs(
  ports: Pick<Ports, "learners">,
  { spec, manifest }: Pick<Context, "spec" | "manifest">,
  files: readonly Pick<LineageFile, "sha256">[],
): InputDigests {
  const names = new Set(spec.candidates.map((candidate) => candidate.learner));
  const versionOf = new Map(ports.learners.installed.map(({ name, algorithmVersion }) => [name, algorithmVersion]));
  const learners = Object.fromEntries([...names].map((name) => [name, versionOf.get(name) ?? null]));
  return digestInputs({ files: files.map((file) => file.sha256), spec, manifest, code: null, learners }, sha256);
}

/** The bar of the base branch. */
export function digestOfPolicy({ spec, manifest }: Pick<Context, "spec" | "manifest">): string {
  return digestPolicy(spec, manifest, sha256);
}
