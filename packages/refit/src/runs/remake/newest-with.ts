import type { Ports } from "../../ports/index.ts";

/** The inputs of a version that are looked for on the way back through history. */
export interface SoughtInputs {
  /** Differs where the inputs may differ: of commits with one signature, only the newest is looked at. */
  signature(commit: string): Promise<string>;
  matches(commit: string): Promise<boolean>;
}

/** Commits that are looked at. */
export const mostCommits = 500;

/** The newest commit with these inputs, from `start` back on its first-parent line; `null`: none of the last 500. */
export async function newestWith(
  { git }: Pick<Ports, "git">,
  start: string,
  sought: SoughtInputs,
): Promise<string | null> {
  const seen = new Set<string>();
  for (let back = 0; back < mostCommits; back++) {
    const commit = await git.resolve(`${start}~${back}`);
    if (commit === null) return null;
    const signature = await sought.signature(commit);
    if (seen.has(signature)) continue;
    seen.add(signature);
    if (await sought.matches(commit)) return commit;
  }
  return null;
}
