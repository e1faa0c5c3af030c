import { changedFiles, countCommits, isAncestor, mergeBase, readCommits, resolveCommit } from "./history.ts";
import { listRefs } from "./list-refs.ts";
import { page } from "./page.ts";
import { pullRows } from "./refs.ts";
import { notFound, ok, Refusal, type Reply } from "./reply.ts";
import { repositoryRoute, route, type Call, type Route } from "./router.ts";
import { protectionOf } from "./settings.ts";
import { commitView, fileView } from "./commit-views.ts";
import { pullView, repositoryView, userView } from "./views.ts";
import { repositoryApi } from "./world.ts";
import { allows } from "./actors.ts";

const metadata = [["metadata", "read"]] as const;
const contents = [["contents", "read"]] as const;

export const repositoryRoutes: readonly Route[] = [
  route("GET", "/user", metadata, ({ world, actor }) => {
    if (actor === null) throw new Refusal(401, "Requires authentication");
    if (actor.kind !== "pat") throw new Refusal(403, "Resource not accessible by integration");
    return ok(userView(world, actor));
  }),
  route("GET", "/rate_limit", metadata, () => {
    const core = { limit: 5000, remaining: 4999, used: 1, reset: 2_000_000_000, resource: "core" };
    return ok({ resources: { core }, rate: core });
  }),
  // A job's token sees nothing of an organisation.
  route("GET", "/orgs/:org/teams/:slug/members", metadata, (call) => {
    const { world, actor, params } = call;
    const members = world.settings.teams[`${params["org"]}/${params["slug"]}`];
    if (actor?.kind === "workflow") throw new Refusal(403, "Resource not accessible by integration");
    if (members === undefined) throw notFound();
    return page(
      call,
      [...world.actors.values()].filter(({ login }) => members.includes(login)).map((each) => userView(world, each)),
    );
  }),
  repositoryRoute("GET", "", metadata, ({ world, actor }) => {
    const push = actor !== null && allows(actor, [["contents", "write"]]);
    const admin = actor !== null && allows(actor, [["administration", "write"]]);
    return ok({ ...repositoryView(world), permissions: { admin, maintain: admin, push, triage: push, pull: true } });
  }),
  repositoryRoute("GET", "/branches", contents, async (call) => {
    const refs = listRefs(call.world.git, "refs/heads");
    return page(call, await Promise.all([...refs.keys()].map((ref) => branchView(call, ref.slice(11)))));
  }),
  repositoryRoute("GET", "/branches/:branch", contents, async (call) =>
    ok(await branchView(call, call.params["branch"]!)),
  ),
  repositoryRoute("GET", "/branches/:branch/protection", [["administration", "read"]], branchProtection),
  repositoryRoute("GET", "/rules/branches/:branch", metadata, branchRules),
  repositoryRoute("GET", "/collaborators/:login/permission", metadata, ({ world, params }) => {
    const user = [...world.actors.values()].find(({ login, kind }) => login === params["login"] && kind === "pat");
    if (user === undefined) throw new Refusal(404, `${params["login"]} is not a user`);
    const level = (["write", "read"] as const).find((each) => allows(user, [["contents", each]])) ?? "none";
    return ok({ permission: level, role_name: level, user: userView(world, user) });
  }),
  repositoryRoute("GET", "/commits", contents, listCommits),
  repositoryRoute("GET", "/commits/:ref", contents, async (call) => {
    const { git } = call.world;
    const [commit] = await readCommits(git, "-1", await demandCommit(call, call.params["ref"]!));
    const parent = commit!.parents[0] ?? "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
    const files = await changedFiles(git, parent, commit!.sha);
    return ok({
      ...commitView(call.world, commit!),
      files: files.map((file) => fileView(call.world, file, commit!.sha)),
    });
  }),
  repositoryRoute("GET", "/commits/:ref/pulls", [["pull_requests", "read"]], pullsOfCommit),
  repositoryRoute("GET", "/compare/:range", contents, compare),
];

async function demandCommit({ world }: Call, revision: string): Promise<string> {
  const sha = await resolveCommit(world.git, revision);
  if (sha === null) throw new Refusal(422, `No commit found for SHA: ${revision}`);
  return sha;
}

async function branchView(call: Call, name: string) {
  const { world } = call;
  const sha = await resolveCommit(world.git, `refs/heads/${name}`);
  if (sha === null) throw new Refusal(404, "Branch not found");
  const [commit] = await readCommits(world.git, "-1", sha);
  const rules = protectionOf(world.settings, name);
  // Of rulesets it shows only that there are some.
  const classic = rules?.ruleset === true ? null : rules;
  const required = {
    enforcement_level: classic === null ? "off" : "everyone",
    contexts: classic?.checks ?? [],
    checks: [],
  };
  return {
    name,
    commit: commitView(world, commit!),
    protected: rules !== null,
    protection: { enabled: classic !== null, required_status_checks: required },
    protection_url: `${repositoryApi(world)}/branches/${encodeURIComponent(name)}/protection`,
  };
}

function branchProtection({ world, params }: Call): Reply {
  const rules = protectionOf(world.settings, params["branch"]!);
  if (rules === null || rules.ruleset === true) throw new Refusal(404, "Branch not protected");
  return ok({
    required_status_checks:
      rules.checks === undefined ? undefined : { strict: rules.upToDate ?? false, contexts: rules.checks },
    required_pull_request_reviews:
      rules.pullRequest === true
        ? {
            required_approving_review_count: rules.approvals ?? 0,
            dismiss_stale_reviews: rules.dismissStale ?? false,
            require_code_owner_reviews: rules.codeOwnerReview ?? false,
          }
        : undefined,
    allow_force_pushes: { enabled: rules.allowForcePushes ?? false },
    allow_deletions: { enabled: rules.allowDeletions ?? false },
    enforce_admins: { enabled: true },
  });
}

/** Rulesets only: classic protection does not show here. */
function branchRules(call: Call): Reply {
  const rules = protectionOf(call.world.settings, call.params["branch"]!);
  if (rules?.ruleset !== true) return page(call, []);
  const checks = (rules.checks ?? []).map((context) => ({ context }));
  return page(call, [
    ...(rules.allowDeletions === true ? [] : [{ type: "deletion" }]),
    ...(rules.allowForcePushes === true ? [] : [{ type: "non_fast_forward" }]),
    ...(rules.restricted === true ? [{ type: "update" }] : []),
    ...(rules.mergeQueue === true ? [{ type: "merge_queue" }] : []),
    ...(rules.pullRequest === true
      ? [
          {
            type: "pull_request",
            parameters: {
              required_approving_review_count: rules.approvals ?? 0,
              require_code_owner_review: rules.codeOwnerReview ?? false,
              dismiss_stale_reviews_on_push: rules.dismissStale ?? false,
            },
          },
        ]
      : []),
    ...(checks.length === 0
      ? []
      : [
          {
            type: "required_status_checks",
            parameters: {
              required_status_checks: checks,
              strict_required_status_checks_policy: rules.upToDate ?? false,
            },
          },
        ]),
  ]);
}

async function listCommits(call: Call): Promise<Reply> {
  const { world, query } = call;
  const start = await resolveCommit(world.git, query.get("sha") ?? "HEAD");
  if (start === null) throw new Refusal(409, "Git Repository is empty.");
  const path = query.get("path");
  const commits = await readCommits(world.git, start, ...(path === null ? [] : ["--", path]));
  return page(
    call,
    commits.map((commit) => commitView(world, commit)),
  );
}

/** On the base branch: the pull request that brought the commit; elsewhere: open ones that hold it. */
async function pullsOfCommit(call: Call): Promise<Reply> {
  const { world } = call;
  const sha = await demandCommit(call, call.params["ref"]!);
  const found = [];
  for (const row of pullRows(world)) {
    const { pull } = row;
    const own = await isAncestor(world.git, sha, pull.headSha);
    const old = await isAncestor(world.git, sha, pull.baseSha);
    if (pull.mergeSha === sha || (own && !old)) found.push(pullView(world, row));
  }
  return page(call, found);
}

/** `owner:branch` may stand for `branch`. */
function withoutOwner(end = ""): string {
  return end.slice(end.indexOf(":") + 1);
}

async function compare(call: Call): Promise<Reply> {
  const { world } = call;
  const [from, to] = call.params["range"]!.split("...");
  const base = await resolveCommit(world.git, withoutOwner(from));
  const head = await resolveCommit(world.git, withoutOwner(to));
  if (base === null || head === null) throw notFound();
  const fork = await mergeBase(world.git, base, head);
  if (fork === null) throw new Refusal(404, `No common ancestor between ${from} and ${to}.`);

  const ahead = await countCommits(world.git, `${base}..${head}`);
  const behind = await countCommits(world.git, `${head}..${base}`);
  const commits = await readCommits(world.git, "--reverse", `${base}..${head}`);
  const [baseCommit] = await readCommits(world.git, "-1", base);
  const [forkCommit] = await readCommits(world.git, "-1", fork);
  const files = await changedFiles(world.git, fork, head);
  return ok({
    status: ahead === 0 ? (behind === 0 ? "identical" : "behind") : behind === 0 ? "ahead" : "diverged",
    ahead_by: ahead,
    behind_by: behind,
    total_commits: commits.length,
    base_commit: commitView(world, baseCommit!),
    merge_base_commit: commitView(world, forkCommit!),
    commits: commits.map((commit) => commitView(world, commit)),
    files: files.map((file) => fileView(world, file, head)),
  });
}
