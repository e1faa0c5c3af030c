import type { Need } from "./actors.ts";
import { emit } from "./events.ts";
import { demandLength, issueOf, newComment, newIssue, rewriteIssue, turnIssue } from "./issues.ts";
import { addLabels } from "./labels.ts";
import { page } from "./page.ts";
import { reopenPull } from "./pulls.ts";
import { closePull } from "./refs.ts";
import { created, invalid, noContent, notFound, ok, Refusal, type Reply } from "./reply.ts";
import { list, repositoryRoute, text, writer, type Call, type Route } from "./router.ts";
import { isPull, type CommentRow } from "./rows.ts";
import { commentView, issueView, userView } from "./views.ts";
import { timestamp } from "./world.ts";

const read: Need = [
  ["issues", "read"],
  ["pull_requests", "read"],
];
const write: Need = [
  ["issues", "write"],
  ["pull_requests", "write"],
];

export const issueRoutes: readonly Route[] = [
  repositoryRoute("GET", "/issues", [["issues", "read"]], listIssues),
  repositoryRoute("POST", "/issues", [["issues", "write"]], createIssue),
  repositoryRoute("GET", "/issues/comments/:id", read, (call) => ok(commentView(call.world, commentOf(call)))),
  repositoryRoute("PATCH", "/issues/comments/:id", write, updateComment),
  repositoryRoute("DELETE", "/issues/comments/:id", write, (call) => {
    const { comments } = call.world.rows;
    comments.splice(comments.indexOf(commentOf(call)), 1);
    return noContent;
  }),
  repositoryRoute("GET", "/issues/:number", read, ({ world, params }) =>
    ok(issueView(world, issueOf(world, params["number"]!))),
  ),
  repositoryRoute("PATCH", "/issues/:number", write, updateIssue),
  repositoryRoute("GET", "/issues/:number/comments", read, (call) => {
    const { number } = issueOf(call.world, call.params["number"]!);
    const comments = call.world.rows.comments.filter((comment) => comment.issue === number);
    return page(
      call,
      comments.map((comment) => commentView(call.world, comment)),
    );
  }),
  repositoryRoute("GET", "/issues/:number/events", read, listEvents),
  repositoryRoute("POST", "/issues/:number/comments", write, (call) => {
    const row = issueOf(call.world, call.params["number"]!);
    return created(commentView(call.world, newComment(call.world, writer(call), row, text(call, "body"))));
  }),
  repositoryRoute("PUT", "/issues/:number/lock", write, (call) => {
    issueOf(call.world, call.params["number"]!).locked = true;
    return noContent;
  }),
  repositoryRoute("DELETE", "/issues/:number/lock", write, (call) => {
    issueOf(call.world, call.params["number"]!).locked = false;
    return noContent;
  }),
];

/** Of all kinds only those of review requests. */
function listEvents(call: Call): Reply {
  const { pull } = issueOf(call.world, call.params["number"]!);
  const events = (pull?.reviewRequests ?? []).map(({ name, by, at }, id) => {
    const [login, team] = name.split("/");
    const requested = team === undefined ? { requested_reviewer: { login } } : { requested_team: { slug: team } };
    const actor = userView(call.world, by);
    return { id, event: "review_requested", actor, review_requester: actor, created_at: at, ...requested };
  });
  return page(call, events);
}

/** Pull requests are issues too, and show up here. */
function listIssues(call: Call): Reply {
  const { world, query } = call;
  if (!world.settings.issues) throw new Refusal(410, "Issues are disabled for this repo");
  const state = query.get("state") ?? "open";
  const labels = (query.get("labels") ?? "").split(",").filter((label) => label !== "");
  const creator = query.get("creator");
  const rows = world.rows.issues.filter(
    (row) =>
      (state === "all" || row.state === state) &&
      labels.every((label) => row.labels.includes(label)) &&
      (creator === null || row.author.login === creator),
  );
  if (query.get("direction") !== "asc") rows.reverse();
  return page(
    call,
    rows.map((row) => issueView(world, row)),
  );
}

function createIssue(call: Call): Reply {
  const { world } = call;
  const actor = writer(call);
  if (!world.settings.issues) throw new Refusal(410, "Issues are disabled for this repo");
  const title = text(call, "title");
  if (title === undefined || title === "") throw invalid({ resource: "Issue", code: "missing_field", field: "title" });
  const row = newIssue(world, actor, { title, body: text(call, "body") ?? null }, null);
  addLabels(world, row, list(call, "labels") ?? []);
  row.assignees = list(call, "assignees") ?? [];
  emit(world, actor, "issues", { action: "opened", issue: issueView(world, row) });
  return created(issueView(world, row));
}

async function updateIssue(call: Call): Promise<Reply> {
  const { world } = call;
  const actor = writer(call);
  const row = issueOf(world, call.params["number"]!);
  const title = text(call, "title");
  rewriteIssue(world, actor, row, {
    ...(title === undefined ? {} : { title }),
    ...("body" in call.body ? { body: text(call, "body") ?? null } : {}),
  });
  const labels = list(call, "labels");
  if (labels !== undefined) {
    row.labels = [];
    addLabels(world, row, labels);
  }
  const state = text(call, "state");
  row.updatedAt = timestamp(world);
  if (state !== undefined && state !== row.state) {
    const reason = state === "closed" ? (text(call, "state_reason") ?? "completed") : null;
    if (!isPull(row)) turnIssue(world, actor, row, reason);
    else if (reason === null) await reopenPull(world, actor, row);
    else closePull(world, actor, row);
  }
  return ok(issueView(world, row));
}

function commentOf({ world, params }: Call): CommentRow {
  const row = world.rows.comments.find((comment) => comment.id === Number(params["id"]));
  if (row === undefined) throw notFound();
  return row;
}

function updateComment(call: Call): Reply {
  const row = commentOf(call);
  const body = text(call, "body");
  if (body === undefined || body === "") {
    throw invalid({ resource: "IssueComment", code: "missing_field", field: "body" });
  }
  demandLength(body, "IssueComment");
  row.body = body;
  row.updatedAt = timestamp(call.world);
  return ok(commentView(call.world, row));
}
