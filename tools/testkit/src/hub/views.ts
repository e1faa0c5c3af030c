import type { Actor } from "./actors.ts";
import { isPull, type CommentRow, type IssueRow, type LabelRow, type PullRow, type ReviewRow } from "./rows.ts";
import { repositoryApi, repositoryPage, type World } from "./world.ts";

export function userView(world: World, actor: Actor) {
  return {
    login: actor.login,
    id: actor.id,
    node_id: `U_${actor.id}`,
    type: actor.kind === "pat" ? "User" : "Bot",
    site_admin: false,
    url: `${world.url}/api/v3/users/${actor.login}`,
    html_url: `${world.url}/${actor.login}`,
  };
}

export function repositoryView(world: World) {
  const { settings, owner, name, url } = world;
  return {
    id: 1,
    node_id: "R_1",
    name,
    full_name: `${owner}/${name}`,
    owner: { login: owner, id: 1, type: "Organization" },
    private: settings.private,
    visibility: settings.private ? "private" : "public",
    fork: false,
    archived: settings.archived,
    disabled: false,
    default_branch: "main",
    has_issues: settings.issues,
    url: repositoryApi(world),
    html_url: repositoryPage(world),
    clone_url: `${url}/${owner}/${name}.git`,
    git_url: `${url}/${owner}/${name}.git`,
    allow_merge_commit: settings.mergeMethods.includes("merge"),
    allow_squash_merge: settings.mergeMethods.includes("squash"),
    allow_rebase_merge: settings.mergeMethods.includes("rebase"),
    allow_auto_merge: settings.autoMerge,
    delete_branch_on_merge: settings.deleteBranchOnMerge,
  };
}

export function labelView(world: World, label: LabelRow) {
  const url = `${repositoryApi(world)}/labels/${encodeURIComponent(label.name)}`;
  return { ...label, node_id: `LA_${label.id}`, url, default: false };
}

export function issueView(world: World, row: IssueRow) {
  const page = `${repositoryPage(world)}/${isPull(row) ? "pull" : "issues"}/${row.number}`;
  const pullUrl = `${repositoryApi(world)}/pulls/${row.number}`;
  return {
    id: 1_000_000 + row.number,
    node_id: `${isPull(row) ? "PR" : "I"}_${row.number}`,
    number: row.number,
    title: row.title,
    body: row.body,
    state: row.state,
    state_reason: row.stateReason,
    locked: row.locked,
    user: userView(world, row.author),
    labels: world.rows.labels
      .filter((label) => row.labels.includes(label.name))
      .map((label) => labelView(world, label)),
    assignees: row.assignees.map((login) => ({ login })),
    comments: world.rows.comments.filter((comment) => comment.issue === row.number).length,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    closed_at: row.closedAt,
    url: `${repositoryApi(world)}/issues/${row.number}`,
    html_url: page,
    comments_url: `${repositoryApi(world)}/issues/${row.number}/comments`,
    ...(isPull(row) ? { pull_request: { url: pullUrl, html_url: page, merged_at: row.pull.mergedAt } } : {}),
  };
}

/** A pull request as in listings; one alone has more, see `pullDetail`. */
export function pullView(world: World, row: PullRow) {
  const { pull } = row;
  const { pull_request: _, comments: __, state_reason: ___, ...shared } = issueView(world, row);
  const ownHead = pull.headOwner === world.owner;
  return {
    ...shared,
    url: `${repositoryApi(world)}/pulls/${row.number}`,
    issue_url: `${repositoryApi(world)}/issues/${row.number}`,
    draft: pull.draft,
    merged_at: pull.mergedAt,
    // Before the merge it is that of the test merge.
    merge_commit_sha: pull.mergeSha ?? pull.testMergeSha,
    auto_merge:
      pull.autoMerge === null
        ? null
        : { enabled_by: userView(world, pull.autoMerge.by), merge_method: pull.autoMerge.method },
    requested_reviewers: pull.reviewers.filter((name) => !name.includes("/")).map((login) => ({ login })),
    requested_teams: pull.reviewers.filter((name) => name.includes("/")).map((name) => ({ slug: name.split("/")[1] })),
    author_association: row.author.kind === "pat" ? "MEMBER" : "NONE",
    head: {
      label: `${pull.headOwner}:${pull.headRef}`,
      ref: pull.headRef,
      sha: pull.headSha,
      user: { login: pull.headOwner },
      repo: ownHead
        ? repositoryView(world)
        : {
            ...repositoryView(world),
            id: 2,
            fork: true,
            full_name: `${pull.headOwner}/${world.name}`,
            owner: { login: pull.headOwner },
          },
    },
    base: {
      label: `${world.owner}:${pull.baseRef}`,
      ref: pull.baseRef,
      sha: pull.baseSha,
      user: { login: world.owner },
      repo: repositoryView(world),
    },
  };
}

export function commentView(world: World, row: CommentRow) {
  const isOnPull = world.rows.issues.some((issue) => issue.number === row.issue && isPull(issue));
  return {
    id: row.id,
    node_id: `IC_${row.id}`,
    user: userView(world, row.author),
    body: row.body,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    url: `${repositoryApi(world)}/issues/comments/${row.id}`,
    issue_url: `${repositoryApi(world)}/issues/${row.issue}`,
    html_url: `${repositoryPage(world)}/${isOnPull ? "pull" : "issues"}/${row.issue}#issuecomment-${row.id}`,
    author_association: row.author.kind === "pat" ? "MEMBER" : "NONE",
    performed_via_github_app: row.author.kind === "pat" ? null : { slug: row.author.login.replace("[bot]", "") },
  };
}

export function reviewView(world: World, row: ReviewRow) {
  return {
    id: row.id,
    node_id: `PRR_${row.id}`,
    user: userView(world, row.author),
    body: row.body,
    state: row.state,
    commit_id: row.commit,
    submitted_at: row.submittedAt,
    html_url: `${repositoryPage(world)}/pull/${row.pull}#pullrequestreview-${row.id}`,
    author_association: row.author.kind === "pat" ? "MEMBER" : "NONE",
  };
}
