import type { Repository } from "../../ports/repository.ts";
import type { GitProcess } from "./git-process.ts";

/** What a run asks a remote about: its base branch, and refit's own. */
export interface SharedBase extends Pick<Repository, "baseBranch"> {
  readonly remote: string;
}

const ours = "refit-";

/** Heads of the base branch and of refit's own on the remote, as last fetched: `<id> <branch>`, sorted. */
export async function headsHere(git: GitProcess, { remote, baseBranch }: SharedBase): Promise<readonly string[]> {
  const under = `refs/remotes/${remote}/`;
  const asked = [`${under}${baseBranch}`, `${under}${ours}*`];
  const said = await git.run(["for-each-ref", "--format=%(objectname)%09%(refname)", ...asked]);
  return headsIn(said, under, baseBranch);
}

/** The same as the remote has it; `null`: it does not answer. One question, and nothing is fetched. */
export async function headsThere(
  git: GitProcess,
  { remote, baseBranch }: SharedBase,
): Promise<readonly string[] | null> {
  const under = "refs/heads/";
  const args = ["ls-remote", remote, `${under}${baseBranch}`, `${under}${ours}*`];
  const { exitCode, stdout } = await git.attempt(args, { env: await git.networkEnv(remote) });
  return exitCode === 0 ? headsIn(stdout.toString(), under, baseBranch) : null;
}

/** @param said lines `<id>TAB<ref>`; a pattern of `ls-remote` also takes refs that only end in it. */
function headsIn(said: string, under: string, baseBranch: string): readonly string[] {
  const heads = said.split("\n").flatMap((line) => {
    const [id, ref = ""] = line.split("\t");
    const branch = ref.startsWith(under) ? ref.slice(under.length) : null;
    return branch !== null && (branch === baseBranch || branch.startsWith(ours)) ? [`${id} ${branch}`] : [];
  });
  return heads.sort();
}
