import { parse } from "yaml";
import type { Diagnosis } from "../../../../ports/diagnosis.ts";
import type { Git } from "../../../../ports/git.ts";
import type { Repository } from "../../../../ports/repository.ts";
import { diagnoseOwners, diagnoseWorkflows, startsRefit } from "./diagnose-workflows.ts";
import { decodeText } from "../../../../text.ts";

/** What will bite in the workflows and code owners of the base branch. */
export async function diagnoseFiles(git: Git, repository: Repository): Promise<Diagnosis[]> {
  const workflows = await readWorkflows(git, repository);
  // Without workflows nothing runs on GitHub.
  if (workflows.size === 0) return [];
  return [...diagnoseWorkflows(workflows), ...diagnoseOwners(await readOwners(git, repository))];
}

/** Paths of the workflows that start refit. */
export async function startingWorkflows(git: Git, repository: Repository): Promise<string[]> {
  return [...(await readWorkflows(git, repository))].flatMap(([file, parsed]) => (startsRefit(parsed) ? [file] : []));
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
