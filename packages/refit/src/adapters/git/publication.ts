import { redact } from "@refit/core/errors";
import type { Branches } from "../../ports/git.ts";
import type { Publication } from "../../ports/publication.ts";
import type { GitProcess } from "./git-process.ts";
import { readRemotes, sharedRemote } from "./remotes.ts";

/** Branches whose pushes are known afterwards, or that are kept from any: then a push leaves everything in this clone. */
export function publishing(
  git: GitProcess,
  branches: Branches,
  { allowed, unasked }: Pick<Publication, "allowed" | "unasked">,
): { readonly branches: Branches; readonly publication: Publication } {
  const names = new Set<string>();
  return {
    branches: {
      ...branches,
      async push(repository, updates) {
        if (allowed) await branches.push(repository, updates);
        if (repository.remote === null) return;
        for (const { ref, id } of updates) {
          const name = ref.replace(/^refs\/(?:heads|tags)\//, "");
          names.add(id === null ? `${name} (deleted)` : name);
        }
      },
    },
    publication: {
      allowed,
      unasked,
      refs: () => [...names],
      include: (refs) => refs.forEach((name) => names.add(name)),
      async destination() {
        const remotes = await readRemotes(git);
        const name = sharedRemote(remotes);
        return name === null ? "nowhere" : `${name} (${redact(remotes.get(name)!)})`;
      },
    },
  };
}
