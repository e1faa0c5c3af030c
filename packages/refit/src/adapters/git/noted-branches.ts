import type { Branches } from "../../ports/git.ts";
import type { RefMove, RefMoves } from "../workers/ref-moves.ts";
import type { GitProcess } from "./git-process.ts";
import { trackingRef } from "./push.ts";

/**
 * Branches that note what they have moved, so that it is not taken for the work of a program that runs meanwhile. Of what was not moved,
 * since the remote or another process was in the way, nothing is noted.
 */
export function notedBranches(git: GitProcess, branches: Branches, { note }: Pick<RefMoves, "note">): Branches {
  return {
    ...branches,
    async fetch(repository) {
      const before = await fetchedRefs(git);
      try {
        await branches.fetch(repository);
      } finally {
        note(movesBetween(before, await fetchedRefs(git)));
      }
    },
    async commit(repository, request) {
      const id = await branches.commit(repository, request);
      note([{ ref: request.ref, from: request.expected, to: id }]);
      return id;
    },
    async push(repository, updates) {
      await branches.push(repository, updates);
      const { remote } = repository;
      if (remote === null) return;
      note(
        updates.flatMap(({ ref, id, expected }) => {
          const here = trackingRef(remote, ref);
          return here === null ? [] : [{ ref: here, from: expected, to: id }];
        }),
      );
    },
    async updateRefs(repository, updates) {
      await branches.updateRefs(repository, updates);
      note(updates.map(({ ref, id, expected }) => ({ ref, from: expected, to: id })));
    },
  };
}

/** All that a fetch may move, by name. */
async function fetchedRefs(git: GitProcess): Promise<ReadonlyMap<string, string>> {
  const listing = await git.run(["for-each-ref", "--format=%(refname) %(objectname)", "refs/remotes", "refs/tags"]);
  return new Map(
    listing
      .split("\n")
      .filter(Boolean)
      .map((line) => line.split(" ") as [string, string]),
  );
}

function movesBetween(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): RefMove[] {
  const refs = new Set([...before.keys(), ...after.keys()]);
  return [...refs]
    .map((ref) => ({ ref, from: before.get(ref) ?? null, to: after.get(ref) ?? null }))
    .filter(({ from, to }) => from !== to);
}
