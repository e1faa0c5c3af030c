import type { Git, TagTarget, TreeEntry } from "../../ports/git.ts";
import { fileContent } from "./cat-file.ts";
import { gitLog, gitLogSince } from "./git-log.ts";
import type { GitProcess } from "./git-process.ts";
import { lastFetch } from "./last-fetch.ts";
import { listedRefs } from "./listed-refs.ts";
import { knownTrees } from "./known-trees.ts";
import { locator, unversioned } from "./locate.ts";
import { isFixed, objectReader } from "./object-reader.ts";
import { plainDiff } from "./plain-diff.ts";

/**
 * Reads git through plumbing output only, so that no locale, configuration or porcelain change can bend it.
 *
 * @param base name of the base branch; `null`: found by `locator`.
 */
export function gitAdapter(git: GitProcess, base: string | null): Git {
  const objects = objectReader(git);
  const tools = { git, objects };
  const branches = listedRefs(git);
  const trees = knownTrees();
  return {
    locate: locator(git, base, branches),
    withoutHistory: unversioned(git, base),

    async resolve(revision) {
      const ofTree = trees.idOf(revision);
      const listed = ofTree === undefined ? await branches.idOf(revision) : ofTree;
      return listed === undefined ? ((await objects.ask(revision))?.id ?? null) : listed;
    },

    log: (commit, folders, contents = []) => gitLog(tools, commit, folders, contents),

    logSince: (start, commit, folders, names = []) => gitLogSince(tools, start, { commit, folders, names }),

    list: (treeish, folder = "") => listFiles(git, trees, treeish, folder),

    async edited({ root, baseCommit }, patterns) {
      const globs = patterns.map((pattern) => `:(glob)${pattern}`);
      // By itself every path is taken as it is.
      const options = { cwd: root, env: { GIT_LITERAL_PATHSPECS: "0" } };
      const names = await git.run(["diff", "--name-only", "-z", ...plainDiff, baseCommit, "--", ...globs], options);
      return new Set(names.split("\0").filter(Boolean));
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

    fetchedAt: lastFetch,

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

    read: async (names, options) => (await objects.askAll(names, options?.once)).map(fileContent),
  };
}

/** Folders are listed too, so that what is asked about them later is known. */
async function listFiles(
  git: GitProcess,
  trees: ReturnType<typeof knownTrees>,
  treeish: string,
  folder: string,
): Promise<readonly TreeEntry[]> {
  const known = trees.files(treeish, folder);
  if (known !== undefined) return known;
  const below = folder === "" ? [] : ["--", `${folder}/`];
  const listing = await git.run(["ls-tree", "-r", "-t", "-z", "--full-tree", treeish, ...below]);
  const start = folder === "" ? 0 : folder.length + 1;
  const ids = new Map<string, string>();
  const folders = new Map<string, string>();
  const files: TreeEntry[] = [];
  for (const line of listing.split("\0").filter(Boolean)) {
    const tab = line.indexOf("\t");
    const [mode, type, id] = line.slice(0, tab).split(" ") as [string, string, string];
    const path = line.slice(tab + 1);
    // A submodule's commit is not in this repository.
    if (type !== "commit") ids.set(path, id);
    // Folders above the one asked for are named too, and only a part of them is listed.
    if (type === "tree" && path.length >= folder.length) folders.set(id, path);
    if (type !== "tree") files.push({ path: path.slice(start), mode, id });
  }
  if (isFixed(treeish)) trees.remember(treeish, { folder, ids, files, folders });
  return files;
}
