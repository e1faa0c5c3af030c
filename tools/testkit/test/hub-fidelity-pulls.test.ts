import { repo } from "./hub-scene.ts";
import { known, long, nowhere, table } from "./hub-fidelity-table.ts";

table("pull requests", [
  [
    "opening",
    async ({ hub, bot }) => {
      await hub.person.commit("one", { "one.txt": "1" });
      return bot.pulls.create({ ...repo, head: "one", base: "main", title: "x" });
    },
    201,
  ],
  [
    "a second one for the same branches",
    ({ bot }) => bot.pulls.create({ ...repo, head: "feature", base: "main", title: "x" }),
    422,
    /A pull request already exists for octo:feature\./,
  ],
  [
    "from a branch that is not there",
    ({ bot }) => bot.pulls.create({ ...repo, head: "none", base: "main", title: "x" }),
    422,
    /"field":"head".*"code":"invalid"|"code":"invalid".*"field":"head"/,
  ],
  [
    "onto a branch that is not there",
    ({ bot }) => bot.pulls.create({ ...repo, head: "feature", base: "none", title: "x" }),
    422,
    /"field":"base"/,
  ],
  [
    "without a difference",
    async ({ bot }) => {
      await bot.git.createRef({ ...repo, ref: "refs/heads/same", sha: known.main });
      return bot.pulls.create({ ...repo, head: "same", base: "main", title: "x" });
    },
    422,
    /No commits between main and same/,
  ],
  [
    "with too long a body",
    async ({ hub, bot }) => {
      await hub.person.commit("long", { "long.txt": "1" });
      return bot.pulls.create({ ...repo, head: "long", base: "main", title: "x", body: long });
    },
    422,
    /body is too long \(maximum is 65536 characters\)/,
  ],
  ["one that is not there", ({ bot }) => bot.pulls.get({ ...repo, pull_number: 99 }), 404, /^Not Found/],
  [
    "merging a stale head",
    ({ bot }) => bot.pulls.merge({ ...repo, pull_number: known.number, sha: nowhere }),
    409,
    /^Head branch was modified/,
  ],
  [
    "merging a draft",
    async ({ bot, propose }) =>
      bot.pulls.merge({ ...repo, pull_number: await propose("draft", undefined, { draft: true }) }),
    405,
    /still a draft/,
  ],
  [
    "merging a conflict",
    async ({ hub, bot, propose }) => {
      const pull = await propose("clash", { "clash.txt": "theirs\n" });
      await hub.person.commit("main", { "clash.txt": "ours\n" });
      return bot.pulls.merge({ ...repo, pull_number: pull, merge_method: "squash" });
    },
    405,
    /^Pull Request is not mergeable/,
  ],
  [
    "merging what is closed",
    async ({ hub, bot, propose }) => {
      const pull = await propose("shut");
      await hub.person.close(pull);
      return bot.pulls.merge({ ...repo, pull_number: pull });
    },
    405,
    /^Pull Request is not mergeable/,
  ],
  ["whether it is merged, when not", ({ bot }) => bot.pulls.checkIfMerged({ ...repo, pull_number: known.number }), 404],
  [
    "whether it is merged, when so",
    async ({ hub, bot, propose }) => {
      const pull = await propose("in");
      await hub.person.merge(pull);
      return bot.pulls.checkIfMerged({ ...repo, pull_number: pull });
    },
    204,
  ],
  [
    "reopening what was force-pushed",
    async ({ hub, bot, propose }) => {
      const pull = await propose("forced");
      await hub.person.close(pull);
      const tip = await hub.person.commit("other", { "o.txt": "1" });
      await bot.git.updateRef({ ...repo, ref: "heads/forced", sha: tip, force: true });
      return bot.pulls.update({ ...repo, pull_number: pull, state: "open" });
    },
    422,
    /force-pushed or recreated/,
  ],
  [
    "approving one's own",
    ({ bot }) => bot.pulls.createReview({ ...repo, pull_number: known.number, event: "APPROVE" }),
    422,
    /Can not approve your own pull request/,
  ],
  [
    "approving another's",
    ({ person }) => person.pulls.createReview({ ...repo, pull_number: known.number, event: "APPROVE" }),
    200,
  ],
  [
    "the author as reviewer",
    ({ bot }) => bot.pulls.requestReviewers({ ...repo, pull_number: known.number, reviewers: ["github-actions[bot]"] }),
    422,
    /Review cannot be requested from pull request author/,
  ],
  [
    "a stranger as reviewer",
    ({ bot }) => bot.pulls.requestReviewers({ ...repo, pull_number: known.number, reviewers: ["nobody"] }),
    422,
    /not a collaborator/,
  ],
  [
    "a person as reviewer",
    ({ bot }) => bot.pulls.requestReviewers({ ...repo, pull_number: known.number, reviewers: ["ada"] }),
    201,
  ],
  [
    "a team as reviewer, by the workflow token",
    ({ bot }) => bot.pulls.requestReviewers({ ...repo, pull_number: known.number, team_reviewers: ["core"] }),
    422,
    /^Could not resolve to a node/,
  ],
  [
    "a team as reviewer, by an App",
    ({ app }) => app.pulls.requestReviewers({ ...repo, pull_number: known.number, team_reviewers: ["core"] }),
    201,
  ],
  ["what happened to it", ({ bot }) => bot.issues.listEvents({ ...repo, issue_number: known.number }), 200],
  ["files, paged", ({ bot }) => bot.pulls.listFiles({ ...repo, pull_number: known.number }), 200],
]);

table("issues, comments and labels", [
  ["an issue", ({ bot }) => bot.issues.create({ ...repo, title: "x", labels: ["alert"] }), 201],
  ["an issue without a title", ({ bot }) => bot.issues.create({ ...repo, title: "" }), 422],
  ["an issue that is not there", ({ bot }) => bot.issues.get({ ...repo, issue_number: 99 }), 404],
  [
    "an issue, edited by who may write",
    async ({ bot, person }) => {
      const { number } = (await bot.issues.create({ ...repo, title: "x", body: "before" })).data;
      return person.issues.update({ ...repo, issue_number: number, body: "after" });
    },
    200,
  ],
  [
    "an issue, edited by a stranger",
    async ({ bot, stranger }) => {
      const { number } = (await bot.issues.create({ ...repo, title: "x", body: "before" })).data;
      return stranger.issues.update({ ...repo, issue_number: number, body: "after" });
    },
    403,
    /Must have admin rights/,
  ],
  [
    "what somebody may do",
    ({ bot }) => bot.repos.getCollaboratorPermissionLevel({ ...repo, username: "mallory" }),
    200,
  ],
  [
    "what somebody may do who is not a user",
    ({ bot }) => bot.repos.getCollaboratorPermissionLevel({ ...repo, username: "nobody" }),
    404,
  ],
  ["a comment", ({ bot }) => bot.issues.createComment({ ...repo, issue_number: known.number, body: "x" }), 201],
  ["an empty comment", ({ bot }) => bot.issues.createComment({ ...repo, issue_number: known.number, body: "" }), 422],
  [
    "a comment of 65,536 characters",
    ({ bot }) => bot.issues.createComment({ ...repo, issue_number: known.number, body: long.slice(1) }),
    201,
  ],
  [
    "a comment of one more",
    ({ bot }) => bot.issues.createComment({ ...repo, issue_number: known.number, body: long }),
    422,
    /body is too long/,
  ],
  ["a comment that is not there", ({ bot }) => bot.issues.updateComment({ ...repo, comment_id: 1, body: "x" }), 404],
  [
    "a comment deleted",
    async ({ bot }) =>
      bot.issues.deleteComment({
        ...repo,
        comment_id: (await bot.issues.createComment({ ...repo, issue_number: known.number, body: "x" })).data.id,
      }),
    204,
  ],
  [
    "a comment on what is locked",
    async ({ hub, bot, propose }) => {
      const pull = await propose("locked");
      await hub.person.lock(pull);
      return bot.issues.createComment({ ...repo, issue_number: pull, body: "x" });
    },
    403,
    /locked/,
  ],
  ["a label", ({ bot }) => bot.issues.createLabel({ ...repo, name: "fresh" }), 201],
  ["a colour with its #", ({ bot }) => bot.issues.createLabel({ ...repo, name: "c", color: "#00ff00" }), 422, /color/],
  [
    "a label twice",
    async ({ bot }) => {
      await bot.issues.createLabel({ ...repo, name: "twice" });
      return bot.issues.createLabel({ ...repo, name: "TWICE" });
    },
    422,
    /already_exists/,
  ],
  [
    "labels put on, unknown ones too",
    ({ bot }) => bot.issues.addLabels({ ...repo, issue_number: known.number, labels: ["made-up"] }),
    200,
  ],
  [
    "a label taken off that is not on",
    ({ bot }) => bot.issues.removeLabel({ ...repo, issue_number: known.number, name: "none" }),
    404,
    /^Label does not exist/,
  ],
]);
