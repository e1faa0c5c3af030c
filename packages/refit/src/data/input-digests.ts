import { canonicalJson, digestInputs, digestPolicy, type InputDigests, type LineageFile } from "@refit/core/history";
import { sha256 } from "../sha256.ts";
import type { Ports } from "../ports/index.ts";
import type { Context } from "../products/context.ts";

/** Data files, by content; left out: only the settings are asked for. */
export interface InputFiles {
  readonly files?: readonly Pick<LineageFile, "sha256">[];
  /** Of further tables, by name. */
  readonly tables?: ReadonlyMap<string, readonly Pick<LineageFile, "sha256">[]>;
}

export function digestOfInputs(
  ports: Pick<Ports, "learners">,
  { spec, manifest }: Pick<Context, "spec" | "manifest">,
  { files = [], tables = new Map() }: InputFiles = {},
): InputDigests {
  const names = new Set(spec.candidates.map((candidate) => candidate.learner));
  const versionOf = new Map(ports.learners.installed.map(({ name, algorithmVersion }) => [name, algorithmVersion]));
  const learners = Object.fromEntries([...names].map((name) => [name, versionOf.get(name) ?? null]));
  const digestsOf = (all: readonly Pick<LineageFile, "sha256">[]) => all.map((file) => file.sha256);
  const ofTables = Object.fromEntries([...tables].map(([name, each]) => [name, digestsOf(each)]));
  const code = spec.codeDigests === undefined ? null : sha256(canonicalJson({ ...spec.codeDigests }));
  return digestInputs({ files: digestsOf(files), tables: ofTables, spec, manifest, code, learners }, sha256);
}

/** The bar of the base branch. */
export function digestOfPolicy({ spec, manifest }: Pick<Context, "spec" | "manifest">): string {
  return digestPolicy(spec, manifest, sha256);
}
