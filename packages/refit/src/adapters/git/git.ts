import type { Git, TagTarget, TreeEntry } from "../../ports/git.ts";
import { fileContent } from "./cat-file.ts";
import { gitLog, gitLogSince } from "./git-log.ts";
import type { GitProcess } from "./git-process.ts";
import { locator, unversioned } from "./locate.ts";
import { objectReader } from "./object-reader.ts";

/**
 * Reads git through plumbing output only, so that no locale, configuration or porcelain change can bend it.
 *
 * @param base name of the base branch; `null`: found by `locator`.
 */
export function gitAdapter(git: GitProcess, base: string | null): Git {
  const objects = objectReader(git);
  return {
    locate: locator(git, base),
    withoutHistory: unversioned(git, base),

    resolve: async (revision) => (await objects.ask(revision))?.id ?? null,

    log: (commit, folders, contents = []) => gitLog(git, commit, folders, contents),

    logSince: (start, commit, folders, names = []) => gitLogSince(git, start, { commit, folders, names }),

    async list(treeish, folder) {
      const below = folder === undefined ? [] : ["--", `${folder}/`];
      const listing = await git.run(["ls-tree", "-r", "-z", "--full-tree", treeish, ...below]);
      const prefix = folder === undefined ? 0 : folder.length + 1;
      return listing
        .split("\0")
        .filter(Boolean)
        .map((line) => treeEntry(line, prefix));
    },

    async ownBranches({ remote }) {
      const places = ["refs/heads/", ...(remote === null ? [] : [`refs/remotes/${remote}/`])];
      const listing = await git.run([
        "for-each-ref",
        "--format=%(refname)",
        ...places.map((place) => `${place}refit-*`),
      ]);
      const refs = listing.split("\n").filter(Boolean);
      return new Set(refs.map((ref) => ref.slice(places.find((place) => ref.startsWith(place))!.length)));
    },

    async tags() {
      const listing = (await git.attempt(["show-ref", "--tags", "--dereference"])).stdout.toString();
      const tags = new Map<string, TagTarget>();
      for (const line of listing.split("\n").filter(Boolean)) {
        const [id, ref] = [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)];
        const name = ref.slice("refs/tags/".length).replace(/\^\{\}$/, "");
        tags.set(name, { id: tags.get(name)?.id ?? id, commit: id });
      }
      return tags;
    },

    read: (names) => Promise.all(names.map(async (name) => fileContent(await objects.ask(name)))),
  };
}

/** @param line `<mode> <type> <id>TAB<path>` */
function treeEntry(line: string, prefix: number): TreeEntry {
  const tab = line.indexOf("\t");
  const [mode, , id] = line.slice(0, tab).split(" ") as [string, string, string];
  return { path: line.slice(tab + 1 + prefix), mode, id };
}
