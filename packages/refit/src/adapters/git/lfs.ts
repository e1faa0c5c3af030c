import { readFile } from "node:fs/promises";
import path from "node:path";
import { LfsMissingError, LfsObjectMissingError } from "@refit/core/errors";
import { lfsPointer, lfsPointerMaxBytes } from "@refit/core/history";
import type { LargeFiles } from "../../ports/git.ts";
import type { Repository } from "../../ports/repository.ts";
import type { GitProcess } from "./git-process.ts";
import { openScratch } from "../disk/scratch.ts";
import { sha256 } from "../../sha256.ts";
import { decodeText } from "../../text.ts";

/** Nobody has to have run `git lfs install`: the filters that it would configure, for one command. */
export const lfsFilters = [
  "-c",
  "filter.lfs.process=git-lfs filter-process",
  "-c",
  "filter.lfs.clean=git-lfs clean -- %f",
  "-c",
  "filter.lfs.required=true",
];

/** How git and the shell say that the program is not there. */
export const saysLfsMissing = (stderr: string) =>
  /git-lfs.*(not found|No such file)|'lfs' is not a git command|cannot run git-lfs/i.test(stderr);

export function largeFiles(git: GitProcess): LargeFiles {
  return {
    tracked: (repository, paths) => tracked(git, repository, paths),

    async resolve(repository, files) {
      const resolved = new Map<string, Uint8Array>();
      for (const [file, bytes] of files) {
        const text = bytes.byteLength <= lfsPointerMaxBytes ? decodeText(bytes) : "";
        const pointer = lfsPointer(text);
        resolved.set(file, pointer === null ? bytes : await object(git, repository, { file, text, ...pointer }));
      }
      return resolved;
    },
  };
}

/** By the attributes that the base commit has, whatever is checked out. */
async function tracked(git: GitProcess, repository: Repository, paths: readonly string[]): Promise<Set<string>> {
  const { root, commonDir, baseCommit } = repository;
  const scratch = await openScratch(commonDir);
  const env = { GIT_INDEX_FILE: path.join(scratch.path, "index") };
  try {
    await git.run(["read-tree", baseCommit], { cwd: root, env });
    const args = ["check-attr", "--cached", "--stdin", "-z", "filter"];
    const answers = await git.run(args, { cwd: root, env, input: paths.join("\0") });
    const fields = answers.split("\0");
    const found = paths.filter((_, i) => fields[3 * i + 2] === "lfs");
    if (found.length > 0 && (await git.attempt(["lfs", "version"])).exitCode !== 0)
      throw new LfsMissingError(found[0]!);
    return new Set(found);
  } finally {
    await scratch.remove();
  }
}

interface Pointer {
  readonly file: string;
  readonly text: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** From this clone's store, else through git-lfs from the remote; only bytes that have the digest count. */
async function object(git: GitProcess, { root, commonDir, remote }: Repository, pointer: Pointer): Promise<Uint8Array> {
  const oid = pointer.sha256;
  const isIt = (bytes: Uint8Array | null) => bytes?.byteLength === pointer.bytes && sha256(bytes) === oid;
  const stored = path.join(commonDir, "lfs", "objects", oid.slice(0, 2), oid.slice(2, 4), oid);
  const here = await readFile(stored).catch(() => null);
  if (isIt(here)) return here!;

  const from = remote === null ? [] : ["-c", `remote.lfsDefault=${remote}`];
  const { exitCode, stdout, stderr } = await git.attempt([...from, "lfs", "smudge", "--", pointer.file], {
    cwd: root,
    input: pointer.text,
    env: { ...(await git.networkEnv(remote)), GIT_LFS_SKIP_SMUDGE: "0" },
  });
  if (exitCode === 0 && isIt(stdout)) return stdout;
  if (saysLfsMissing(stderr)) throw new LfsMissingError(pointer.file);
  throw new LfsObjectMissingError(pointer, remote, stderr);
}
