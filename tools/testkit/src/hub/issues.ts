import { allows, type Actor } from "./actors.ts";
import { emit } from "./events.ts";
import { invalid, notFound, Refusal } from "./reply.ts";
import type { CommentRow, IssueRow, PullFacts } from "./rows.ts";
import { commentView, issueView } from "./views.ts";
import { timestamp, type World } from "./world.ts";

/** Longest body of an issue, a pull request or a comment, in characters. */
const longestBody = 65_536;

export interface IssueText {
  readonly title: string;
  readonly body: string | null;
}

/** Adds the next number. @param pull `null`: a plain issue */
export function newIssue(world: World, author: Actor, { title, body }: IssueText, pull: PullFacts | null): IssueRow {
  demandLength(body, pull === null ? "Issue" : "PullRequest");
  const now = timestamp(world);
  const row: IssueRow = {
    number: world.rows.issues.length + 1,
    author,
    createdAt: now,
    pull,
    title,
    body,
    state: "open",
    stateReason: null,
    labels: [],
    assignees: [],
    locked: false,
    updatedAt: now,
    closedAt: null,
  };
  world.rows.issues.push(row);
  return row;
}

export function demandLength(body: string | null, resource: string): void {
  if (body === null || body.length <= longestBody) return;
  throw invalid({ resource, code: "custom", field: "body", message: "body is too long (maximum is 65536 characters)" });
}

export function issueOf(world: World, number: string | number): IssueRow {
  const row = world.rows.issues.find((issue) => issue.number === Number(number));
  if (row === undefined) throw notFound();
  if (row.pull === null && !world.settings.issues) throw new Refusal(410, "Issues are disabled for this repo");
  return row;
}

/** Closes or reopens a plain issue. @param reason such as `completed`; `null` reopens */
export function turnIssue(world: World, actor: Actor, row: IssueRow, reason: string | null): void {
  row.state = reason === null ? "open" : "closed";
  row.stateReason = reason ?? "reopened";
  row.updatedAt = timestamp(world);
  row.closedAt = reason === null ? null : row.updatedAt;
  emit(world, actor, "issues", { action: reason === null ? "reopened" : "closed", issue: issueView(world, row) });
}

/** Gives an issue another text, as its author or somebody with write access may. @throws Refusal 403 for anybody else */
export function rewriteIssue(world: World, actor: Actor, row: IssueRow, text: Partial<IssueText>): void {
  const mayWrite = actor.kind !== "pat" || allows(actor, [["contents", "write"]]);
  if (!mayWrite && actor.login !== row.author.login) throw new Refusal(403, "Must have admin rights to Repository.");
  demandLength(text.body ?? null, "Issue");
  const { title = row.title, body = row.body } = text;
  const changes = {
    ...(title === row.title ? {} : { title: { from: row.title } }),
    ...(body === row.body ? {} : { body: { from: row.body ?? "" } }),
  };
  row.title = title;
  row.body = body;
  row.updatedAt = timestamp(world);
  if (row.pull !== null || Object.keys(changes).length === 0) return;
  emit(world, actor, "issues", { action: "edited", issue: issueView(world, row), changes });
}

/** @throws Refusal 403 on a locked conversation, 422 for a body that is empty or too long */
export function newComment(world: World, author: Actor, row: IssueRow, body: string | undefined): CommentRow {
  if (row.locked && author.kind !== "pat") throw new Refusal(403, "Unable to create comment because issue is locked.");
  if (body === undefined || body === "") {
    throw invalid({ resource: "IssueComment", code: "missing_field", field: "body" });
  }
  demandLength(body, "IssueComment");
  const now = timestamp(world);
  const comment: CommentRow = {
    id: world.nextId(),
    issue: row.number,
    author,
    createdAt: now,
    body,
    updatedAt: now,
    minimized: null,
  };
  world.rows.comments.push(comment);
  emit(world, author, "issue_comment", {
    action: "created",
    issue: issueView(world, row),
    comment: commentView(world, comment),
  });
  return comment;
}
