import { UsageError } from "@refit/core/errors";
import { nearest } from "@refit/core/spec";
import type { Git } from "../../ports/git.ts";
import type { Pages } from "../../ports/pages.ts";
import type { Pipelines } from "../../ports/pipelines.ts";
import type { GitProcess } from "../git/git-process.ts";
import { readRemotes, sharedRemote } from "../git/remotes.ts";
import type { Environment, ForgeAdapter } from "./forge-adapter.ts";
import { github } from "./github/index.ts";
import { local } from "./local/index.ts";

/** Every forge. The first that detects its environment is taken; `local`, the last, takes every run. */
const forges: readonly ForgeAdapter[] = [github, local];

/** @param name as asked for; `null`: by the environment. @throws UsageError */
export function forgeFor(name: string | null, env: Environment): ForgeAdapter {
  if (name === null) return forges.find((forge) => forge.detect(env)) ?? local;
  const found = forges.find((forge) => forge.name === name);
  if (found !== undefined) return found;
  const names = forges.map((forge) => forge.name);
  const near = nearest(name, names);
  const meant = near === undefined ? "" : ` Did you mean "${near}"?`;
  throw new UsageError(`There is no forge ${JSON.stringify(name)}.${meant}`, `--forge ${names.join("|")}`);
}

/**
 * Whether this is a run of a forge's own pipelines. `CI=true` alone is not one: many tools set it on a person's machine,
 * and then what nobody asked for would be pushed.
 */
export function inPipeline(env: Environment): boolean {
  return forgeFor(null, env).onServer;
}

/** The forge that keeps the shared repository of a clone, and what it would take to ask; `null`: none that refit knows. */
export function forgeServing(address: string, env: Environment) {
  for (const forge of forges) {
    const served = forge.serves(address, env);
    if (served !== null) return { forge, missing: served.missing };
  }
  return null;
}

const defaults = forges.map(({ name, where }) => (where === "" ? `else ${name}` : `${name} ${where}`));

const named = forges.map(({ name, about }) => (about === "" ? name : `${name} (${about})`));

/** What `--forge` does, as a clause for `--help`. */
export const forgeHelp = `where proposals are kept: ${named.join(", or ")}; default: ${defaults.join(", ")}`;

/** Addresses on the forge that keeps the shared repository of a clone. */
export function pagesOf(git: GitProcess, env: Environment): Pages {
  return {
    async find() {
      const remotes = await readRemotes(git);
      const remote = sharedRemote(remotes);
      if (remote === null) return null;
      const found = forges.map((forge) => forge.pages(remotes.get(remote)!, env));
      return found.find((pages) => pages !== null) ?? null;
    },
  };
}

/** The pipelines of every forge. */
export function pipelinesOf(git: Git): Pipelines {
  return {
    templates: new Map(
      forges.flatMap(({ name, pipelines }) => (pipelines === null ? [] : [[name, pipelines] as const])),
    ),
    async diagnose(repository) {
      return (await Promise.all(forges.map((forge) => forge.diagnose(git, repository)))).flat();
    },
  };
}
