import { specPath } from "@refit/core/history";
import { weakenedChecks, weakenedPolicy } from "@refit/core/judge";
import { readDataManifest, readModelSpec } from "../../specs/documents.ts";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import type { Context } from "../../products/context.ts";
import { decodeText } from "../../text.ts";

type WeakenedPorts = Pick<Ports, "ancestry" | "git" | "learners" | "sources">;

/**
 * What a pull request asks less of than the base branch does: of models, in model.yaml, and of data, in the manifest. Only
 * files that it changes itself count: a branch that is behind lowers nothing.
 *
 * @param base what the base branch says now.
 * @throws SpecInvalidError for a file that cannot be read as the pull request has it.
 */
export async function weakenedBy(
  ports: WeakenedPorts,
  repository: Repository,
  base: Pick<Context, "spec" | "manifest"> & { readonly model: string },
  head: string,
): Promise<readonly string[]> {
  const specFile = specPath(base.model, repository);
  const specChange = await changeOf(ports, repository, head, specFile);
  if (specChange === "removed") return [`${specFile} is removed`];
  const spec = specChange === null ? base.spec : readModelSpec(specFile, specChange.text, ports.learners.installed);
  const policy = weakenedPolicy(base.spec, spec);

  const dataFile = `data-manifests/${base.spec.data}.yaml`;
  const dataChange = await changeOf(ports, repository, head, dataFile);
  if (dataChange === "removed") return [...policy, `${dataFile} is removed`];
  if (dataChange === null) return policy;
  const manifest = readDataManifest(dataFile, dataChange.text, ports.sources.schemes);
  return [...policy, ...weakenedChecks(base.manifest, manifest)];
}

/** `null`: the pull request leaves the file as it is. */
export async function changeOf(
  { ancestry, git }: Pick<Ports, "ancestry" | "git">,
  { baseCommit }: Repository,
  head: string,
  file: string,
): Promise<{ readonly text: string } | "removed" | null> {
  const tip = await git.resolve(`${head}^0`);
  const from = tip && (await ancestry.mergeBase(tip, baseCommit));
  const [now, then, there] = await git.read([
    `${head}:${file}`,
    `${from ?? baseCommit}:${file}`,
    `${baseCommit}:${file}`,
  ]);
  const text = now && decodeText(now);
  if (text === null || text === undefined) return then || there ? "removed" : null;
  const isAsBefore = [then, there].some((old) => old && decodeText(old) === text);
  return isAsBefore ? null : { text };
}
