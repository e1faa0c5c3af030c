import { RefitError } from "@refit/core/errors";
import { type Lineage, sameCard } from "@refit/core/history";
import { digestOfInputs } from "../../data/input-digests.ts";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import type { Context } from "../../products/context.ts";
import { readSpecs } from "../../rooms/read.ts";
import { inputFolders } from "../remake/input-folders.ts";
import { mostCommits, newestWith, type SoughtInputs } from "../remake/newest-with.ts";
import { hasTrackedFiles } from "./data-of-then.ts";

export type InputPorts = Pick<Ports, "files" | "git" | "learners" | "out" | "sources">;

type SettingsOfThen = Pick<Context, "spec" | "manifest">;

/** A version to make again. */
export interface Wanted {
  readonly model: string;
  /** The commit that brought it to the base branch. */
  readonly sha: string;
  readonly lineage: Lineage;
}

/** The commit that a version was made from, with the settings of then; or a sentence why there is none. */
export type InputsOfThen =
  | (SettingsOfThen & { readonly commit: string; readonly problem: null })
  | { readonly commit: null; readonly problem: string };

/**
 * The newest commit, before the one that brought the version, with the settings and the tracked files that its lineage names. A
 * squash can bring both at once, so that commit itself comes last.
 */
export async function inputsOfThen(ports: InputPorts, repository: Repository, wanted: Wanted): Promise<InputsOfThen> {
  const before = await ports.git.resolve(`${wanted.sha}^1`);
  const sought = soughtInputs(ports, repository, wanted);
  const commit =
    (before && (await newestWith(ports, before, sought))) ?? ((await sought.matches(wanted.sha)) ? wanted.sha : null);
  if (commit === null) return { commit, problem: await whyNone(ports, repository, wanted, before ?? wanted.sha) };
  return { commit, ...(await settingsAt(ports, repository, wanted.model, commit)), problem: null };
}

function soughtInputs(ports: InputPorts, repository: Repository, { model, lineage }: Wanted): SoughtInputs {
  const readable = (commit: string) => unlessRefused(settingsAt(ports, repository, model, commit));
  return {
    async signature(commit) {
      const settings = await readable(commit);
      if (settings === null) return "";
      return `${specDigest(ports, settings)} ${JSON.stringify(settings.spec.card)} ${await inputFolders(ports, settings, commit)}`;
    },
    async matches(commit) {
      const settings = await readable(commit);
      if (settings === null || settingsProblem(ports, settings, lineage) !== null) return false;
      const at = { ...repository, baseCommit: commit };
      return (await unlessRefused(hasTrackedFiles(ports.sources, at, settings.manifest, lineage))) ?? false;
    },
  };
}

function settingsAt(ports: InputPorts, repository: Repository, model: string, commit: string): Promise<SettingsOfThen> {
  return readSpecs(ports, { ...repository, baseCommit: commit }, model, { workTree: false });
}

const specDigest = (ports: InputPorts, settings: SettingsOfThen) => digestOfInputs(ports, settings).spec;

/** Which file has other settings than the lineage names; `null`: none. */
function settingsProblem(ports: InputPorts, settings: SettingsOfThen, { digests, card }: Lineage): string | null {
  const found = digestOfInputs(ports, settings);
  if (found.spec !== digests.spec) return "model.yaml has other settings of the training";
  if (found.manifest !== digests.manifest)
    return `data-manifests/${settings.spec.data}.yaml has another schema or prepare`;
  if (!sameCard(settings.spec.card, card)) return "`card` in model.yaml says something else";
  return null;
}

async function whyNone(
  ports: InputPorts,
  repository: Repository,
  { model, lineage }: Wanted,
  commit: string,
): Promise<string> {
  const none = `None of the last ${mostCommits} commits before the version has the settings and data that its lineage.json names.`;
  try {
    const settings = await settingsAt(ports, repository, model, commit);
    const what = settingsProblem(ports, settings, lineage) ?? "git tracks other data files";
    return `${none} At ${commit.slice(0, 10)}, the commit before it, ${what}.`;
  } catch (error) {
    if (!(error instanceof RefitError)) throw error;
    return `${none} At ${commit.slice(0, 10)}, the commit before it: ${error.message}`;
  }
}

/** `null`: what the commit has cannot be read. */
async function unlessRefused<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof RefitError) return null;
    throw error;
  }
}
