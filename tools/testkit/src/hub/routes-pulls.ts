import { demand } from "./actors.ts";
import { countCommits, readCommits, resolveCommit } from "./history.ts";
import { demandLength } from "./issues.ts";
import { page } from "./page.ts";
import { mergePull } from "./merge-pulls.ts";
import { openPull, pullDetail, pullFiles, pullOf, reopenPull } from "./pulls.ts";
import { branchRef, closePull, emitPull, pullRows } from "./refs.ts";
import { created, invalid, noContent, notFound, ok, Refusal, type Reply } from "./reply.ts";
import { repositoryRoute, text, writer, type Call, type Route } from "./router.ts";
import type { MergeMethod } from "./rows.ts";
import { commitView, fileView } from "./commit-views.ts";
import { pullView } from "./views.ts";
import { timestamp } from "./world.ts";

const read = [["pull_requests", "read"]] as const;
const write = [["pull_requests", "write"]] as const;

export const pullRoutes: readonly Route[] = [
  repositoryRoute("GET", "/pulls", read, listPulls),
  repositoryRoute("POST", "/pulls", read, createPull),
  repositoryRoute("GET", "/pulls/:number", read, async ({ world, params }) =>
    ok(await pullDetail(world, pullOf(world, params["number"]!))),
  ),
  repositoryRoute("PATCH", "/pulls/:number", write, updatePull),
  repositoryRoute("GET", "/pulls/:number/files", read, async (call) => {
    const row = pullOf(call.world, call.params["number"]!);
    const files = await pullFiles(call.world, row);
    return page(
      call,
      files.map((file) => fileView(call.world, file, row.pull.headSha)),
    );
  }),
  repositoryRoute("GET", "/pulls/:number/commits", read, async (call) => {
    const { pull } = pullOf(call.world, call.params["number"]!);
    const commits = await readCommits(call.world.git, "--reverse", `${pull.baseSha}..${pull.headSha}`);
    return page(
      call,
      commits.map((commit) => commitView(call.world, commit)),
    );
  }),
  repositoryRoute("GET", "/pulls/:number/merge", read, ({ world, params }) => {
    if (pullOf(world, params["number"]!).pull.mergedAt === null) throw notFound();
    return noContent;
  }),
  repositoryRoute("PUT", "/pulls/:number/merge", [["contents", "write"]], merge),
];

function listPulls(call: Call): Reply {
  const { world, query } = call;
  const state = query.get("state") ?? "open";
  const head = query.get("head");
  const base = query.get("base");
  const rows = pullRows(world).filter(
    ({ state: current, pull }) =>
      (state === "all" || current === state) &&
      // Without a colon GitHub ignores the filter.
      (head === null || !head.includes(":") || head === `${pull.headOwner}:${pull.headRef}`) &&
      (base === null || base === pull.baseRef),
  );
  if (query.get("direction") !== "asc") rows.reverse();
  return page(
    call,
    rows.map((row) => pullView(world, row)),
  );
}

async function createPull(call: Call): Promise<Reply> {
  const { world } = call;
  const [title, head, base] = [text(call, "title"), text(call, "head"), text(call, "base")];
  for (const [field, value] of Object.entries({ head, base, title })) {
    if (value === undefined || value === "") throw invalid({ resource: "PullRequest", code: "missing_field", field });
  }
  const [headOwner, headRef] = head!.includes(":") ? (head!.split(":") as [string, string]) : [world.owner, head!];
  // Anybody may propose what lies in a fork of their own.
  if (call.actor?.login !== headOwner) demand(call.actor, write, world.settings.private);
  const actor = writer(call);
  if (actor.kind === "workflow" && !world.settings.actionsMayOpenPulls) {
    throw new Refusal(403, "GitHub Actions is not permitted to create or approve pull requests.");
  }

  const headSha = await resolveCommit(world.git, branchRef(world, headOwner, headRef));
  if (headSha === null) throw invalid({ resource: "PullRequest", code: "invalid", field: "head" });
  const baseSha = await resolveCommit(world.git, `refs/heads/${base!}`);
  if (baseSha === null) throw invalid({ resource: "PullRequest", code: "invalid", field: "base" });

  const label = `${headOwner}:${headRef}`;
  const twin = pullRows(world).some(
    ({ state, pull }) => state === "open" && `${pull.headOwner}:${pull.headRef}` === label && pull.baseRef === base,
  );
  if (twin) refuse(`A pull request already exists for ${label}.`);
  if ((await countCommits(world.git, `${baseSha}..${headSha}`)) === 0) {
    refuse(
      `No commits between ${headOwner === world.owner ? base! : `${world.owner}:${base!}`} and ${headOwner === world.owner ? headRef : label}`,
    );
  }

  const facts = { headOwner, headRef, headSha, baseRef: base!, baseSha, draft: call.body["draft"] === true };
  const row = await openPull(world, actor, { title: title!, body: text(call, "body") ?? null }, facts);
  return created(await pullDetail(world, row));
}

function refuse(message: string): never {
  throw invalid({ resource: "PullRequest", code: "custom", message });
}

async function updatePull(call: Call): Promise<Reply> {
  const { world } = call;
  const actor = writer(call);
  const row = pullOf(world, call.params["number"]!);
  const { pull } = row;
  const state = text(call, "state");
  const base = text(call, "base");
  if (base !== undefined && base !== pull.baseRef) {
    const sha = await resolveCommit(world.git, `refs/heads/${base}`);
    if (sha === null) throw invalid({ resource: "PullRequest", code: "invalid", field: "base" });
    pull.baseRef = base;
    pull.baseSha = sha;
  }

  demandLength(text(call, "body") ?? null, "PullRequest");
  const edited = { title: row.title, body: row.body };
  row.title = text(call, "title") ?? row.title;
  if ("body" in call.body) row.body = text(call, "body") ?? null;
  row.updatedAt = timestamp(world);
  if (edited.title !== row.title || edited.body !== row.body) emitPull(world, actor, row, { action: "edited" });
  if (state === "closed" && row.state === "open") closePull(world, actor, row);
  if (state === "open" && row.state === "closed") await reopenPull(world, actor, row);
  return ok(await pullDetail(world, row));
}

async function merge(call: Call): Promise<Reply> {
  const method = text(call, "merge_method") ?? "merge";
  if (!["merge", "squash", "rebase"].includes(method)) throw new Refusal(422, `Invalid merge_method: ${method}`);
  const sha = await mergePull(call.world, writer(call), pullOf(call.world, call.params["number"]!), {
    method: method as MergeMethod,
    sha: text(call, "sha"),
    title: text(call, "commit_title"),
    message: text(call, "commit_message"),
  });
  return ok({ sha, merged: true, message: "Pull Request successfully merged" });
}
