import type { GitProcess } from "./git-process.ts";

/** First address by name of all remotes, also of one that was never fetched. */
export async function readRemotes(git: GitProcess): Promise<ReadonlyMap<string, string>> {
  const config = await git.config();
  const ofRemotes = config.keys.filter((key) => key.startsWith("remote.") && key.endsWith(".url"));
  return new Map(ofRemotes.map((key) => [key.slice("remote.".length, -".url".length), config.all(key)[0]!]));
}

/** The remote that holds the shared history: `origin`, or the only one there is; `null`: none, or several others. */
export function sharedRemote(remotes: ReadonlyMap<string, string>): string | null {
  if (remotes.has("origin")) return "origin";
  const [only = null] = remotes.size === 1 ? remotes.keys() : [];
  return only;
}
