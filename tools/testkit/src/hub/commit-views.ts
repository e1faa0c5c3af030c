import type { CommitFacts, FileChange } from "./history.ts";
import { userView } from "./views.ts";
import { repositoryApi, repositoryPage, type World } from "./world.ts";

/** A commit of the git database. */
export function gitCommitView(world: World, commit: CommitFacts) {
  return {
    sha: commit.sha,
    node_id: `C_${commit.sha}`,
    url: `${repositoryApi(world)}/git/commits/${commit.sha}`,
    html_url: `${repositoryPage(world)}/commit/${commit.sha}`,
    author: commit.author,
    committer: commit.committer,
    message: commit.message,
    tree: { sha: commit.tree, url: `${repositoryApi(world)}/git/trees/${commit.tree}` },
    parents: commit.parents.map((sha) => ({ sha, url: `${repositoryApi(world)}/git/commits/${sha}` })),
    verification: { verified: false, reason: "unsigned", signature: null, payload: null },
  };
}

/** A commit of the repository API, with the accounts its e-mail addresses belong to. */
export function commitView(world: World, commit: CommitFacts) {
  const { parents, author, committer, message, tree, verification, ...shared } = gitCommitView(world, commit);
  return {
    ...shared,
    url: `${repositoryApi(world)}/commits/${commit.sha}`,
    commit: { author, committer, message, tree, verification, comment_count: 0 },
    author: accountOf(world, commit.author.email),
    committer: accountOf(world, commit.committer.email),
    parents,
  };
}

/** GitHub knows an account by its e-mail addresses; here those of `<id>+<login>@users.noreply.github.com`. */
function accountOf(world: World, email: string) {
  const login = /^\d+\+(.+)@users\.noreply\.github\.com$/.exec(email)?.[1];
  const actor = login === undefined ? undefined : [...world.actors.values()].find((one) => one.login === login);
  return actor === undefined ? null : userView(world, actor);
}

export function fileView(world: World, file: FileChange, sha: string) {
  return {
    sha: file.blob,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    ...(file.previousPath === null ? {} : { previous_filename: file.previousPath }),
    contents_url: `${repositoryApi(world)}/contents/${encodeURIComponent(file.path)}?ref=${sha}`,
    raw_url: `${repositoryPage(world)}/raw/${sha}/${file.path}`,
  };
}
