import type { RepositoryPages } from "../../../ports/pages.ts";

/** @param home such as `https://github.com/acme/models`. */
export function githubPages(home: string): RepositoryPages {
  const path = (file: string) => file.split("/").map(encodeURIComponent).join("/");
  return {
    home,
    commit: (id) => `${home}/commit/${id}`,
    tree: (commit, folder) => `${home}/tree/${commit}/${path(folder)}`,
    content: (commit, file) => `${home}/raw/${commit}/${path(file)}`,
    release: (tag) => `${home}/releases/tag/${encodeURIComponent(tag)}`,
    pullRequest(subject) {
      // What GitHub writes for a merge commit, and for a squash.
      const [, merged, squashed] = /^Merge pull request #(\d+) |\(#(\d+)\)$/.exec(subject) ?? [];
      const number = merged ?? squashed;
      return number === undefined ? null : `${home}/pull/${number}`;
    },
  };
}
