import { repo } from "./hub-scene.ts";
import { known, nowhere, table } from "./hub-fidelity-table.ts";

table("who may do what", [
  ["a token nobody holds", ({ bogus }) => bogus.repos.get(repo), 401, /^Bad credentials/],
  ["reading a public repository without a token", ({ nobody }) => nobody.repos.get(repo), 200],
  [
    "writing without a token",
    ({ nobody }) => nobody.issues.create({ ...repo, title: "x" }),
    401,
    /^Requires authentication/,
  ],
  ["another repository", ({ bot }) => bot.repos.get({ owner: "octo", repo: "other" }), 404, /^Not Found/],
  [
    "a write with a read token",
    ({ readOnly }) => readOnly.git.createRef({ ...repo, ref: "refs/heads/x", sha: known.main }),
    403,
    /^Resource not accessible by integration/,
  ],
  [
    "a comment with a read token",
    ({ readOnly }) => readOnly.issues.createComment({ ...repo, issue_number: known.number, body: "x" }),
    403,
    /^Resource not accessible by integration/,
  ],
  [
    "a comment by anybody on a public repository",
    ({ stranger }) => stranger.issues.createComment({ ...repo, issue_number: known.number, body: "x" }),
    201,
  ],
  [
    "a check run by a person's token",
    ({ person }) => person.checks.create({ ...repo, name: "x", head_sha: known.main }),
    403,
    /^You must authenticate via a GitHub App/,
  ],
  [
    "a commit status by a person's token",
    ({ person }) => person.repos.createCommitStatus({ ...repo, sha: known.main, state: "success" }),
    201,
  ],
  [
    "settings of workflows with the workflow token",
    ({ bot }) => bot.actions.getGithubActionsDefaultWorkflowPermissionsRepository(repo),
    403,
  ],
  [
    "settings of workflows with a maintainer's token",
    ({ person }) => person.actions.getGithubActionsDefaultWorkflowPermissionsRepository(repo),
    200,
  ],
  ["its workflows", ({ readOnly }) => readOnly.actions.listRepoWorkflows(repo), 200],
  [
    "rules of a branch that is not there",
    ({ readOnly }) => readOnly.repos.getBranchRules({ ...repo, branch: "none" }),
    200,
  ],
  [
    "a branch that is not there",
    ({ bot }) => bot.repos.getBranch({ ...repo, branch: "none" }),
    404,
    /Branch not found/,
  ],
  [
    "who am I, with a workflow token",
    ({ bot }) => bot.users.getAuthenticated(),
    403,
    /^Resource not accessible by integration/,
  ],
  [
    "an API version of the future",
    ({ bot }) =>
      bot.request("GET /repos/{owner}/{repo}", { ...repo, headers: { "x-github-api-version": "2099-01-01" } }),
    400,
  ],
]);

table("git data", [
  ["a branch", ({ bot }) => bot.git.getRef({ ...repo, ref: "heads/main" }), 200],
  ["a branch that is not there", ({ bot }) => bot.git.getRef({ ...repo, ref: "heads/none" }), 404, /^Not Found/],
  ["branches by prefix, none", ({ bot }) => bot.git.listMatchingRefs({ ...repo, ref: "heads/none" }), 200],
  ["a new branch", ({ bot }) => bot.git.createRef({ ...repo, ref: "refs/heads/new", sha: known.main }), 201],
  [
    "a branch that is there",
    ({ bot }) => bot.git.createRef({ ...repo, ref: "refs/heads/main", sha: known.main }),
    422,
    /^Reference already exists/,
  ],
  [
    "a branch on nothing",
    ({ bot }) => bot.git.createRef({ ...repo, ref: "refs/heads/x", sha: nowhere }),
    422,
    /^Object does not exist/,
  ],
  ["a ref without a namespace", ({ bot }) => bot.git.createRef({ ...repo, ref: "x", sha: known.main }), 422],
  [
    "backwards",
    ({ bot }) => bot.git.updateRef({ ...repo, ref: "heads/feature", sha: known.main }),
    422,
    /^Update is not a fast forward/,
  ],
  [
    "deleting a branch that is not there",
    ({ bot }) => bot.git.deleteRef({ ...repo, ref: "heads/none" }),
    422,
    /^Reference does not exist/,
  ],
  ["a blob", ({ bot }) => bot.git.createBlob({ ...repo, content: "x" }), 201],
  [
    "a tree",
    ({ bot }) =>
      bot.git.createTree({
        ...repo,
        base_tree: known.main,
        tree: [{ path: "a/b.txt", mode: "100644", type: "blob", content: "x" }],
      }),
    201,
  ],
  [
    "a tree of nothing",
    ({ bot }) => bot.git.createTree({ ...repo, tree: [{ path: "a", mode: "100644", type: "blob", sha: nowhere }] }),
    422,
  ],
  [
    "a commit of nothing",
    ({ bot }) => bot.git.createCommit({ ...repo, message: "x", tree: nowhere, parents: [] }),
    422,
    /^Tree SHA does not exist/,
  ],
  ["a commit that is not there", ({ bot }) => bot.git.getCommit({ ...repo, commit_sha: nowhere }), 404],
  [
    "an annotated tag",
    ({ bot }) => bot.git.createTag({ ...repo, tag: "v1", message: "x", object: known.main, type: "commit" }),
    201,
  ],
  ["contents", ({ bot }) => bot.repos.getContent({ ...repo, path: "README.md" }), 200],
  ["contents that are not there", ({ bot }) => bot.repos.getContent({ ...repo, path: "none" }), 404, /^Not Found/],
  [
    "a new file",
    ({ bot }) =>
      bot.repos.createOrUpdateFileContents({
        ...repo,
        path: "a.txt",
        message: "x",
        content: "eA==",
        branch: "feature",
      }),
    201,
  ],
  [
    "a changed file without its sha",
    ({ bot }) => bot.repos.createOrUpdateFileContents({ ...repo, path: "README.md", message: "x", content: "eA==" }),
    422,
    /"sha" wasn't supplied/,
  ],
  [
    "a changed file with a stale sha",
    ({ bot }) =>
      bot.repos.createOrUpdateFileContents({
        ...repo,
        path: "README.md",
        message: "x",
        content: "eA==",
        sha: nowhere,
      }),
    409,
    /does not match/,
  ],
  ["a branch's page", ({ bot }) => bot.repos.getBranch({ ...repo, branch: "none" }), 404, /^Branch not found/],
  [
    "a branch without protection",
    ({ person }) => person.repos.getBranchProtection({ ...repo, branch: "main" }),
    404,
    /^Branch not protected/,
  ],
  ["a branch without rules", ({ readOnly }) => readOnly.repos.getBranchRules({ ...repo, branch: "main" }), 200],
  ["a comparison", ({ bot }) => bot.repos.compareCommitsWithBasehead({ ...repo, basehead: "main...feature" }), 200],
  [
    "a comparison with nothing",
    ({ bot }) => bot.repos.compareCommitsWithBasehead({ ...repo, basehead: "main...none" }),
    404,
  ],
  [
    "a commit that was never there",
    ({ bot }) => bot.repos.getCommit({ ...repo, ref: nowhere }),
    422,
    /^No commit found for SHA/,
  ],
  [
    "pull requests of a commit",
    ({ bot }) => bot.repos.listPullRequestsAssociatedWithCommit({ ...repo, commit_sha: known.main }),
    200,
  ],
]);
