import { RemoteUnreachableError } from "@refit/core/errors";
import type { ProposalState } from "../../../ports/forge.ts";
import type { Git } from "../../../ports/git.ts";
import type { Repository } from "../../../ports/repository.ts";
import { porcelain } from "../../git/porcelain.ts";
import type { GitProcess } from "../../git/git-process.ts";
import {
  isLive,
  isMerged,
  isSameAt,
  madeByRefit,
  proposedModels,
  proposedPaths,
  unpublishedHead,
} from "../../git/branch-state.ts";
import type { Checks } from "./check.ts";
import type { Client } from "./client.ts";
import { closedMarker, isMarked } from "./marker.ts";
import type { RequiredModels } from "./required-checks.ts";
import type { settledBranches } from "./settled-branches.ts";
import { compareUrl, isApproved, pullsOf, type Pull } from "./pulls.ts";

interface ProposalParts {
  readonly git: Git;
  readonly process: GitProcess;
  readonly required: RequiredModels;
  readonly checks: Checks;
  readonly settled: ReturnType<typeof settledBranches>;
}

/** One of our branches, as GitHub and git show it; `null`: there is nothing to decide about. */
export async function readProposal(
  client: Client,
  { git, process, required, checks, settled }: ProposalParts,
  repository: Repository,
  branch: string,
): Promise<{ readonly state: ProposalState | null; readonly pull: Pull | null }> {
  const { remote, baseBranch } = repository;
  const pushed = remote === null ? null : await git.resolve(`refs/remotes/${remote}/${branch}`);
  const unpublished = await unpublishedHead({ process, git }, repository, branch);
  const known = await settled.take(branch, baseBranch);
  const isSettled = known !== null && unpublished === null && (pushed === null || pushed === known.head);
  if (isSettled) return { state: null, pull: null };
  const [newest] = await pullsOf(client, branch, baseBranch, "all");
  if (newest?.state === "open") return { state: await openState(newest), pull: newest };

  if (
    unpublished !== null &&
    !(await isSameVersion({ process, git }, repository, branch, { here: unpublished, closed: newest?.head.sha }))
  )
    return { state: await unopened(unpublished), pull: null };
  if (pushed !== null && pushed !== newest?.head.sha) return { state: await unopened(pushed), pull: null };
  const declined = newest !== undefined && newest.merged_at === null && !isMarked(newest.body, closedMarker);
  return { state: declined ? await declinedState(newest) : null, pull: null };

  async function openState(pull: Pull): Promise<ProposalState> {
    const head = pull.head.sha;
    await bringHere(pull);
    const [ours, approved, checked] = await Promise.all([
      madeByRefit(process, repository, head),
      isApproved(client, pull.number),
      Promise.all([proposedModels(process, repository, branch, head), required(baseBranch)]).then(([own, others]) =>
        checks.areOn(head, [null, ...own, ...others]),
      ),
    ]);
    const held = { heldByPerson: !ours || approved, url: pull.html_url, declinedAt: null };
    if (unpublished !== null && !held.heldByPerson) return { ...held, branch, head: unpublished, complete: false };
    return { ...held, branch, head, complete: checked };
  }

  /** A run was cut short before the pull request, was not allowed to open one, or was not asked to publish. */
  async function unopened(head: string): Promise<ProposalState | null> {
    if (await isLive({ process, git }, repository, branch, head)) return null;
    if (await isMerged({ process, git }, repository, branch, head)) return null;
    const held = !(await madeByRefit(process, repository, head));
    const url = compareUrl(client, baseBranch, branch);
    return { branch, head, heldByPerson: held, complete: false, url, declinedAt: null };
  }

  async function declinedState(pull: Pull): Promise<ProposalState> {
    await bringHere(pull);
    const at = Date.parse(pull.closed_at ?? pull.updated_at);
    const shown = { branch, head: pull.head.sha, url: pull.html_url };
    return { ...shown, heldByPerson: false, complete: true, declinedAt: at };
  }

  /** The branch may be gone; GitHub keeps the commits of a pull request under a name of its own. */
  async function bringHere({ number, head }: Pull): Promise<void> {
    if (remote === null || (await git.resolve(`${head.sha}^{tree}`)) !== null) return;
    const args = ["fetch", "--quiet", "--no-write-fetch-head", "--no-tags", remote, `refs/pull/${number}/head`];
    const { exitCode, stderr } = await porcelain(process, repository.root, remote, args);
    // Without it nobody knows what was declined, and the same would be proposed again.
    if (exitCode !== 0) throw new RemoteUnreachableError(remote, stderr);
  }
}

/** What a person declined is not shown again because a clone has a commit of it. */
async function isSameVersion(
  { process, git }: Pick<ProposalParts, "git" | "process">,
  repository: Repository,
  branch: string,
  { here, closed }: { readonly here: string; readonly closed: string | undefined },
): Promise<boolean> {
  if (closed === undefined) return false;
  if (here === closed) return true;
  const paths = await proposedPaths({ process, git }, repository, branch, here);
  return isSameAt(git, { branch, paths }, here, closed);
}
