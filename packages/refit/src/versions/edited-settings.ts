import { modelRoots } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";

/** Files that are compared by reading them. For more git is asked once, which looks at them and reads only what looks changed. */
const fewFiles = 16;

/** What git told of the work tree's settings, as of one base commit. */
interface KnownEdits {
  readonly baseCommit: string;
  compared: number;
  /** Paths; `null`: git was not asked yet, or could not say. */
  edited: Promise<ReadonlySet<string> | null> | null;
}

const comparisons = new WeakMap<Ports["git"], KnownEdits>();

/**
 * Whether the work tree has one of the settings as the base commit has it, as far as git has told: asked when many of a run's
 * models were compared. `false`: whoever asks has to compare the two.
 */
export async function isUnedited({ git }: Pick<Ports, "git">, repository: Repository, file: string): Promise<boolean> {
  const comparison = comparisonOf(git, repository);
  if (++comparison.compared <= fewFiles || !isSetting(file)) return false;
  comparison.edited ??= git.edited(repository, settingsOf(repository)).catch(() => null);
  const edited = await comparison.edited;
  return edited !== null && !edited.has(file);
}

function comparisonOf(git: Ports["git"], { baseCommit }: Repository): KnownEdits {
  const known = comparisons.get(git);
  if (known?.baseCommit === baseCommit) return known;
  const comparison: KnownEdits = { baseCommit, compared: 0, edited: null };
  comparisons.set(git, comparison);
  return comparison;
}

const manifests = "data-manifests/";

/** Others may be anywhere, such as the code of a program. */
const isSetting = (file: string) => file.startsWith(manifests) || file.endsWith("/model.yaml");

function settingsOf(repository: Repository): readonly string[] {
  const specs = modelRoots(repository).map((root) => `${root === "" ? "" : `${literal(root)}/`}**/model.yaml`);
  return [`${manifests}**`, ...specs];
}

/** As a part of a pattern that matches itself. */
const literal = (path: string) => path.replace(/[*?[\\]/g, "\\$&");
