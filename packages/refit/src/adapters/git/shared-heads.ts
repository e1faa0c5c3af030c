import type { Repository } from "../../ports/repository.ts";
import type { GitProcess } from "./git-process.ts";

/** What a run asks a remote about: its base branch, and refit's own. */
export interface SharedBase extends Pick<Repository, "baseBranch"> {
  readonly remote: string;
}

const ours = "refit-";

/** Heads of the base branch and of refit's own among refs of this clone, as last fetched: `<id> <branch>`, sorted. */
export function headsHere(refs: ReadonlyMap<string, string>, { remote, baseBranch }: SharedBase): readonly string[] {
  return headsIn(
    [...refs].map(([ref, id]) => [id, ref] as const),
    `refs/remotes/${remote}/`,
    baseBranch,
  );
}

/** The same as the remote has it; `null`: it does not answer. One question, and nothing is fetched. */
export async function headsThere(
  git: GitProcess,
  { remote, baseBranch }: SharedBase,
): Promise<readonly string[] | null> {
  const under = "refs/heads/";
  const args = ["ls-remote", remote, `${under}${baseBranch}`, `${under}${ours}*`];
  const { exitCode, stdout } = await git.attempt(args, { env: await git.networkEnv(remote) });
  if (exitCode !== 0) return null;
  const refs = stdout.toString().split("\n");
  return headsIn(
    refs.map((line) => line.split("\t") as [string, string?]),
    under,
    baseBranch,
  );
}

/** A pattern of `ls-remote` also takes refs that only end in it. */
function headsIn(
  refs: readonly (readonly [id: string, ref?: string])[],
  under: string,
  baseBranch: string,
): readonly string[] {
  const heads = refs.flatMap(([id, ref = ""]) => {
    const branch = ref.startsWith(under) ? ref.slice(under.length) : null;
    return branch !== null && (branch === baseBranch || branch.startsWith(ours)) ? [`${id} ${branch}`] : [];
  });
  return heads.sort();
}
