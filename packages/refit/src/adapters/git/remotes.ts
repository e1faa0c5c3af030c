import type { GitProcess } from "./git-process.ts";

/** First address by name of all remotes, also of one that was never fetched. */
export async function readRemotes(git: GitProcess): Promise<ReadonlyMap<string, string>> {
  const { stdout } = await git.attempt(["config", "-z", "--get-regexp", "^remote\\..*\\.url$"]);
  const remotes = new Map<string, string>();
  for (const entry of stdout.toString().split("\0").filter(Boolean)) {
    const [key = "", ...address] = entry.split("\n");
    const name = key.slice("remote.".length, -".url".length);
    if (!remotes.has(name)) remotes.set(name, address.join("\n"));
  }
  return remotes;
}

/** The remote that holds the shared history: `origin`, or the only one there is; `null`: none, or several others. */
export function sharedRemote(remotes: ReadonlyMap<string, string>): string | null {
  if (remotes.has("origin")) return "origin";
  const [only = null] = remotes.size === 1 ? remotes.keys() : [];
  return only;
}
