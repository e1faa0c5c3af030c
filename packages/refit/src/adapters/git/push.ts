import { stat } from "node:fs/promises";
import path from "node:path";
import { GitFailedError, PushRejectedError, RemoteUnreachableError, TokenReadOnlyError } from "@refit/core/errors";
import type { RefUpdate } from "../../ports/git.ts";
import type { Repository } from "../../ports/repository.ts";
import { despiteLocks, writeRefs } from "./git-lock.ts";
import type { GitProcess } from "./git-process.ts";
import type { GitResult } from "./git-starter.ts";
import { porcelain } from "./porcelain.ts";

/** Pushes all updates or none, each only over the state that it expects. @throws PushRejectedError, GitLockedError */
export async function push(git: GitProcess, repository: Repository, updates: readonly RefUpdate[]): Promise<void> {
  const { remote, root } = repository;
  if (remote === null || updates.length === 0) return;
  await pushLfsObjects(git, repository, remote, updates);

  const leases = updates.map(({ ref, expected }) => `--force-with-lease=${ref}:${expected ?? ""}`);
  const refspecs = updates.map(({ ref, id }) => `${id ?? ""}:${ref}`);
  const args = ["push", "--atomic", "--porcelain", ...leases, remote, ...refspecs];
  const result = await despiteLocks(() => porcelain(git, root, remote, args));
  if (result.exitCode !== 0) throw rejection(remote, updates, result);

  const tracking = updates.flatMap(({ ref, id }) => {
    const ours = trackingRef(remote, ref);
    if (ours === null) return [];
    return [id === null ? `delete ${ours}\0\0` : `update ${ours}\0${id}\0\0`];
  });
  const { exitCode, stderr } = await writeRefs(git, tracking);
  if (exitCode !== 0) throw new GitFailedError("update-ref", exitCode, stderr);
}

/** Where this clone keeps what a branch of the remote was on; `null`: it is no branch. */
export const trackingRef = (remote: string, ref: string): string | null =>
  ref.startsWith("refs/heads/") ? `refs/remotes/${remote}/${ref.slice("refs/heads/".length)}` : null;

/** With hooks off, git-lfs's own pre-push hook does not upload the objects. */
async function pushLfsObjects(
  git: GitProcess,
  { commonDir }: Repository,
  remote: string,
  updates: readonly RefUpdate[],
): Promise<void> {
  // Its filter makes the folder when it takes the first object.
  if ((await stat(path.join(commonDir, "lfs")).catch(() => null)) === null) return;
  for (const { id, ref } of updates) {
    // The ledger has no attributes, and no pointers.
    if (id === null || !ref.startsWith("refs/heads/") || ref.endsWith("/refit-ledger")) continue;
    const { exitCode, stderr } = await git.attempt(["lfs", "push", remote, id], { env: await git.networkEnv(remote) });
    if (exitCode === 0) continue;
    throw readOnly.test(stderr) ? new TokenReadOnlyError(remote, stderr) : new RemoteUnreachableError(remote, stderr);
  }
}

/** The remote said no in passing: another push was being taken at that moment. */
const raceAtTheRemote = /failed to update ref|incorrect old value|cannot lock ref|remote ref updated/;
/** What GitHub and others answer to a push by somebody who may only read. */
const readOnly = /\b403\b|write access.*not granted|must have push access/i;
const noRights = /denied|not allowed|protected/i;

/** Reads the lines `!TAB<from>:<to>TAB[rejected] (reason)` of `push --porcelain`. */
function rejection(remote: string, updates: readonly RefUpdate[], { stdout, stderr }: GitResult): Error {
  const refused: string[] = [];
  const moved: string[] = [];
  for (const line of stdout.toString().split("\n")) {
    const [flag, refspec, status = ""] = line.split("\t");
    if (flag !== "!" || refspec === undefined || /atomic (push|transaction) failed/.test(status)) continue;
    const ref = refspec.slice(refspec.indexOf(":") + 1);
    const byRules = status.startsWith("[remote rejected]") && !raceAtTheRemote.test(status);
    (byRules ? refused : moved).push(ref);
  }
  if (refused.length > 0) return new PushRejectedError("refused", refused, stderr);
  const all = updates.map((update) => update.ref);
  if (moved.length > 0 || raceAtTheRemote.test(stderr)) {
    return new PushRejectedError("moved", moved.length > 0 ? moved : all, stderr);
  }
  if (readOnly.test(stderr)) return new TokenReadOnlyError(remote, stderr);
  return noRights.test(stderr)
    ? new PushRejectedError("refused", all, stderr)
    : new RemoteUnreachableError(remote, stderr);
}
