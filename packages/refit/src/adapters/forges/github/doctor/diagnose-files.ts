import { posix } from "node:path";
import { modelOfSpec, modelRoots } from "@refit/core/spec";
import { parse } from "yaml";
import type { Diagnosis } from "../../../../ports/diagnosis.ts";
import type { Git } from "../../../../ports/git.ts";
import type { Repository } from "../../../../ports/repository.ts";
import { diagnoseDashboard } from "./diagnose-dashboard.ts";
import { diagnoseOwners } from "./diagnose-owners.ts";
import { diagnoseWorkflows, startsRefit } from "./diagnose-workflows.ts";
import { decodeText } from "../../../../text.ts";

/** What will bite in the workflows and code owners of the base branch. */
export async function diagnoseFiles(git: Git, repository: Repository): Promise<Diagnosis[]> {
  const workflows = await readWorkflows(git, repository);
  // Without workflows nothing runs on GitHub.
  if (workflows.size === 0) return [];
  return [
    ...diagnoseWorkflows(workflows),
    ...(repository.layout?.dashboard === "issue" ? diagnoseDashboard(workflows) : []),
    ...diagnoseOwners(await readOwners(git, repository), await besideFolders(git, repository)),
  ];
}

/** Folders of models that are not below `models/`. */
async function besideFolders(git: Git, repository: Repository): Promise<string[]> {
  const roots = modelRoots(repository).filter((root) => root !== "models");
  const listings = await Promise.all(
    roots.map(async (root) => {
      const entries = await git.list(repository.baseCommit, root === "" ? undefined : root);
      return entries.map(({ path }) => posix.join(root, path));
    }),
  );
  const specs = listings.flat().filter((file) => modelOfSpec(file, repository) !== null);
  return specs.map((file) => posix.dirname(file)).filter((folder) => !folder.startsWith("models/"));
}

/** Parsed workflows that start refit, by path. */
export async function startingWorkflows(git: Git, repository: Repository): Promise<ReadonlyMap<string, unknown>> {
  return new Map([...(await readWorkflows(git, repository))].filter(([, parsed]) => startsRefit(parsed)));
}

/** Parsed workflow files of the base branch, by path. */
async function readWorkflows(git: Git, { baseCommit }: Repository): Promise<ReadonlyMap<string, unknown>> {
  const folder = ".github/workflows";
  const files = (await git.list(baseCommit, folder)).filter((file) => /\.ya?ml$/.test(file.path));
  const contents = await git.read(files.map((file) => file.id));
  return new Map(files.map((file, i) => [`${folder}/${file.path}`, parseOrNull(contents[i]!)]));
}

/** @returns `null`: there is no CODEOWNERS. */
async function readOwners(git: Git, { baseCommit }: Repository): Promise<string | null> {
  const places = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];
  const owners = await git.read(places.map((place) => `${baseCommit}:${place}`));
  const first = owners.find((bytes) => bytes !== null) ?? null;
  return first && decodeText(first);
}

/** GitHub reports invalid YAML itself. */
function parseOrNull(bytes: Uint8Array): unknown {
  try {
    return parse(decodeText(bytes));
  } catch {
    return null;
  }
}
