import { markdownSection } from "@refit/core/report";
import type { LaterSection } from "../../../ports/forge.ts";
import type { Client } from "./client.ts";
import { statusOf } from "./failures.ts";
import { outdatedSentence } from "../outdated-sentence.ts";
import { withLaterSection, withSectionsOf } from "../later-section.ts";
import type { IsOurs } from "./own-author.ts";
import { pullsOf, type Pull } from "./pulls.ts";
import { isMarked, isNewer, readComment, reportComment, reportMarker, withNote, type Stamp } from "./marker.ts";

export interface ReportComment {
  readonly model: string;
  readonly stamp: Stamp;
  /** Markdown, short enough for one comment. */
  readonly report: string;
}

const request = { permission: "pull-requests: write", what: "comment on the pull request" } as const;

/**
 * Exactly one comment with this report, whatever was there: the oldest is kept and edited, copies that two runs at once
 * have made are removed, and what a newer run has said stays.
 *
 * @returns whether something was written.
 */
export async function ensureComment(
  client: Client,
  isOurs: IsOurs,
  number: number,
  comment: ReportComment,
): Promise<boolean> {
  const { here, rest } = client;
  const body = reportComment(comment.model, comment.stamp, comment.report);
  try {
    return await client.ensure(request, async () => {
      let own = await ownComments(client, isOurs, number, comment.model);
      const isNew = own.length === 0;
      if (isNew) {
        await rest.issues.createComment({ ...here, issue_number: number, body });
        own = await ownComments(client, isOurs, number, comment.model); // another run may have done the same
      }
      const [first, ...copies] = own;
      for (const copy of copies) await remove(client, copy.id);
      const whole = withSectionsOf(body, first?.body ?? "", comment.stamp.head);
      if (first === undefined || isSettled(first.body ?? "", comment, whole)) return isNew || copies.length > 0;
      await rest.issues.updateComment({ ...here, comment_id: first.id, body: whole });
      return true;
    });
  } catch (error) {
    sayLocked(client, number, error);
    return false;
  }
}

/**
 * Puts sentences above the report of our oldest comment; the next report removes them. Where the head is not the one that
 * the report is about, that is said in any case.
 *
 * @param sentence a remark; `null`: the one that is there stays.
 */
export async function ensureRemark(
  client: Client,
  isOurs: IsOurs,
  pull: Pull,
  { model, sentence }: { readonly model: string; readonly sentence: string | null },
): Promise<void> {
  const { here, rest } = client;
  try {
    await client.ensure(request, async () => {
      const [first] = await ownComments(client, isOurs, pull.number, model);
      const before = first?.body ?? "";
      const judged = readComment(before)?.stamp.head;
      if (first === undefined || judged === undefined) return;
      const outdated = judged === pull.head.sha ? null : outdatedSentence(judged, pull.head.sha);
      const told = withNote(before, "outdated", outdated);
      const body = sentence === null ? told : withNote(told, "remark", sentence);
      if (body !== before) await rest.issues.updateComment({ ...here, comment_id: first.id, body });
    });
  } catch (error) {
    sayLocked(client, pull.number, error);
  }
}

/** Shows a section below the report of our oldest comment, where that is about the same head. */
export async function ensureSection(
  client: Client,
  isOurs: IsOurs,
  baseBranch: string,
  later: LaterSection,
): Promise<"created" | "updated" | "unchanged" | "none"> {
  const { here, rest } = client;
  const [pull] = await pullsOf(client, later.branch, baseBranch, "open");
  if (pull === undefined) return "none";
  const { number } = pull;
  try {
    return await client.ensure(request, async () => {
      const [first] = await ownComments(client, isOurs, number, later.model);
      if (first === undefined || readComment(first.body ?? "")?.stamp.head !== later.head) return "none";
      const { page, operation } = withLaterSection(first.body ?? "", later, (section) => markdownSection(section));
      if (operation !== "unchanged") await rest.issues.updateComment({ ...here, comment_id: first.id, body: page });
      return operation;
    });
  } catch (error) {
    sayLocked(client, number, error);
    return "none";
  }
}

/** In a conversation that a person has locked, nothing is said; anything else that fails is thrown. */
function sayLocked(client: Client, number: number, error: unknown): void {
  const locked = statusOf((error as { cause?: unknown }).cause ?? {}) === 403;
  if (!locked) throw error;
  client.notice(`The report could not be written to #${number}: ${(error as Error).message}`);
}

/** Removes the reports of models that the proposal of their group does not change any more. */
export async function removeOthers(
  client: Client,
  isOurs: IsOurs,
  number: number,
  models: readonly string[],
): Promise<void> {
  await client.ensure(request, async () => {
    const all = await commentsOf(client, number);
    const reports = all.filter(({ body }) => readComment(body ?? "") !== null);
    const others = reports.filter(({ body }) => !models.some((model) => isMarked(body, reportMarker(model))));
    for (const other of others) if (await isOurs(other.user)) await remove(client, other.id);
  });
}

async function remove({ rest, here }: Client, id: number): Promise<void> {
  try {
    await rest.issues.deleteComment({ ...here, comment_id: id });
  } catch (error) {
    if (statusOf(error) !== 404) throw error; // another run was faster
  }
}

function commentsOf({ paginate, rest, here }: Client, number: number) {
  return paginate(rest.issues.listComments, { ...here, issue_number: number, per_page: 100 });
}

/** Comments on the pull request that hold this model's report and are ours, oldest first. */
export async function ownComments(client: Client, isOurs: IsOurs, number: number, model: string) {
  const all = await commentsOf(client, number);
  const marked = all.filter((comment) => isMarked(comment.body, reportMarker(model)));
  const ours = await Promise.all(marked.map((comment) => isOurs(comment.user)));
  return marked.filter((_, i) => ours[i]).sort((a, b) => a.id - b.id);
}

/** A newer run has spoken, or all that would change is the number of the run. @param whole the comment as it should be. */
function isSettled(body: string, { stamp }: ReportComment, whole: string): boolean {
  const before = readComment(body);
  if (before === null) return false;
  if (isNewer(before.stamp.run, stamp.run)) return true;
  const { head, inputs } = before.stamp;
  return head === stamp.head && inputs === stamp.inputs && before.report === readComment(whole)!.report;
}
