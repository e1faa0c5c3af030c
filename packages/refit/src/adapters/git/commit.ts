import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  BranchCheckedOutError,
  BranchInTheWayError,
  GitFailedError,
  GitIdentityError,
  GitSigningError,
  LfsMissingError,
  RefMovedError,
} from "@refit/core/errors";
import type { CommitRequest, RefUpdate } from "../../ports/git.ts";
import type { Repository } from "../../ports/repository.ts";
import { gitDate } from "./git-date.ts";
import { writeRefs } from "./git-lock.ts";
import type { GitProcess } from "./git-process.ts";
import { lfsFilters, saysLfsMissing } from "./lfs.ts";
import { inTemporaryWorkTree, type InWorkTree } from "./temporary-work-tree.ts";

/** Fixed, so that neither the user's line ending settings nor their warnings reach what is committed. */
const asWritten = ["-c", "core.autocrlf=false", "-c", "core.safecrlf=false", "-c", "core.fileMode=true"];

/**
 * Commits files on top of a parent and moves one ref, as its last step; a kill before leaves unreachable objects.
 *
 * @returns the commit id. @throws GitIdentityError, GitSigningError, RefMovedError, BranchCheckedOutError
 */
export async function commit(git: GitProcess, repository: Repository, request: CommitRequest): Promise<string> {
  const { ref, expected, parent } = request;
  const tree = await inTemporaryWorkTree(repository, (place) => writeTree(git, place, request));
  const id = await commitTree(git, tree, parent, request);
  await updateRefs(git, [{ ref, id, expected }]);
  return id;
}

async function writeTree(git: GitProcess, place: InWorkTree, request: CommitRequest): Promise<string> {
  const { parent, replace, files, folders = new Map() } = request;
  if (parent !== null) await git.run(["read-tree", parent], place);
  if (parent !== null && replace.length > 0)
    await git.run(["rm", "-r", "--cached", "--quiet", "--ignore-unmatch", "--", ...replace], place);
  for (const [folder, treeId] of folders) await git.run(["read-tree", `--prefix=${folder}/`, treeId], place);
  for (const [file, bytes] of files) {
    await mkdir(path.join(place.cwd, path.dirname(file)), { recursive: true });
    await writeFile(path.join(place.cwd, file), bytes, { mode: 0o644 });
  }
  const input = [...files.keys()].join("\0");
  const args = [...asWritten, ...lfsFilters, "add", "--force", "--pathspec-from-file=-", "--pathspec-file-nul"];
  const { exitCode, stderr } = await git.attempt(args, { ...place, input });
  if (exitCode !== 0) {
    const failed = new GitFailedError(args.join(" "), exitCode, stderr);
    throw saysLfsMissing(stderr) ? new LfsMissingError([...files.keys()][0]!, { cause: failed }) : failed;
  }
  return git.run(["write-tree"], place);
}

const noIdentity = /tell me who you are|empty ident name|no (email|name) was given|unable to auto-detect email/;

async function commitTree(
  git: GitProcess,
  tree: string,
  parent: string | null,
  { message, at }: CommitRequest,
): Promise<string> {
  const date = gitDate(at);
  // By itself only `git commit` looks at this setting. Rules that want signed commits would refuse refit's alone.
  const isSigned = (await git.config()).isTrue("commit.gpgsign");
  const parents = parent === null ? [] : ["-p", parent];
  const args = ["commit-tree", ...(isSigned ? ["-S"] : []), tree, ...parents, "-F", "-"];
  const { exitCode, stdout, stderr } = await git.attempt(args, {
    input: message,
    env: { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
  });
  if (exitCode === 0) return stdout.toString().trim();
  const failed = new GitFailedError("commit-tree", exitCode, stderr);
  if (noIdentity.test(stderr)) throw new GitIdentityError({ cause: failed });
  throw isSigned ? new GitSigningError(stderr, { cause: failed }) : failed;
}

/** Moves, creates or deletes local refs, all or none, each only from its expected value. */
export async function updateRefs(git: GitProcess, updates: readonly RefUpdate[]): Promise<void> {
  if (updates.length === 0) return;
  await refuseCheckedOut(
    git,
    updates.map((update) => update.ref),
  );
  const commands = updates.map(({ ref, id, expected }) => {
    if (id === null) return expected === null ? `verify ${ref}\0\0` : `delete ${ref}\0${expected}\0`;
    return expected === null ? `create ${ref}\0${id}\0` : `update ${ref}\0${id}\0${expected}\0`;
  });
  const { exitCode, stderr } = await writeRefs(git, commands);
  if (exitCode === 0) return;
  const failed = new GitFailedError("update-ref", exitCode, stderr);
  const [, present, wanted] = /'(refs\/[^']+)' exists; cannot create '(refs\/[^']+)'/.exec(stderr) ?? [];
  if (present !== undefined) {
    throw new BranchInTheWayError(wanted!.replace("refs/heads/", ""), present, { cause: failed });
  }
  const ref = updates.find((update) => stderr.includes(update.ref))?.ref;
  throw ref === undefined ? failed : new RefMovedError(ref, { cause: failed });
}

async function refuseCheckedOut(git: GitProcess, refs: readonly string[]): Promise<void> {
  const listing = await git.run(["worktree", "list", "--porcelain"]);
  for (const entry of listing.split("\n\n")) {
    const folder = /^worktree (.*)$/m.exec(entry)?.[1];
    const branch = /^branch (.*)$/m.exec(entry)?.[1];
    if (folder !== undefined && branch !== undefined && refs.includes(branch)) {
      throw new BranchCheckedOutError(branch.replace("refs/heads/", ""), folder);
    }
  }
}
