import { ForgePermissionError } from "@refit/core/errors";
import { cutMarkdown } from "@refit/core/report";
import type { Alert, AlertMark, AlertNote, OpenAlert } from "../../../ports/forge.ts";
import type { Client } from "./client.ts";
import { statusOf } from "./failures.ts";
import type { IsOurs } from "./own-author.ts";
import { alertMarker, isMarked } from "./marker.ts";
import { alertText, announcedIn } from "../alert-text.ts";
import { mostCharacters } from "./limits.ts";

const label = "refit-alert";
const request = { permission: "issues: write", what: "open an issue for the alert" } as const;

/** Alerts as issues: at most one open one per model. One listing serves all models of a run that finds none. */
export function alerts(client: Client, isOurs: IsOurs) {
  const { here, rest } = client;
  let listing: ReturnType<typeof listOpen> | null = null;

  const listOpen = () =>
    client.paginate(rest.issues.listForRepo, { ...here, state: "open", labels: label, per_page: 100 });

  /** Our open issues about the model, oldest first. */
  async function openIssues(model: string) {
    listing ??= listOpen();
    const marked = (await listing).filter(
      (issue) => issue.pull_request === undefined && isMarked(issue.body, alertMarker(model)),
    );
    const ours = await Promise.all(marked.map((issue) => isOurs(issue.user)));
    return marked.filter((_, i) => ours[i]).sort((a, b) => a.number - b.number);
  }

  async function update(number: number, change: { title?: string; body?: string; state?: "closed" }): Promise<void> {
    listing = null;
    await rest.issues.update({ ...here, issue_number: number, ...change });
  }

  async function settle(model: string, alert: Alert | AlertNote | AlertMark | null): Promise<string | null> {
    const [first, ...copies] = await openIssues(model);
    for (const copy of copies) await update(copy.number, { state: "closed" });
    if (alert === null) {
      if (first !== undefined) await update(first.number, { state: "closed" });
      return null;
    }
    const body = alertText(first === undefined ? null : (first.body ?? ""), alert, issueText);
    if (body === null) return null;
    const title = "title" in alert ? alert.title : first!.title;
    if (first === undefined) {
      listing = null;
      const { data } = await rest.issues.create({ ...here, title, body, labels: [label] });
      return data.html_url;
    }
    if (first.title !== title || first.body !== body) await update(first.number, { title, body });
    return first.html_url;
  }

  /** @returns `null` also when issues cannot be read or written: a notice says why where it was about a new alert. */
  async function allowed<T>(work: () => Promise<T>, isNew: boolean): Promise<T | null> {
    try {
      return await client.ensure(request, () =>
        work().catch((error) => {
          listing = null;
          throw error;
        }),
      );
    } catch (error) {
      const disabled = statusOf((error as { cause?: unknown }).cause ?? {}) === 410;
      if (!disabled && !(error instanceof ForgePermissionError)) throw error;
      if (isNew) client.notice(noIssue(disabled, error as Error));
      return null;
    }
  }

  async function find(model: string): Promise<OpenAlert | null> {
    const [first] = await openIssues(model);
    return first === undefined ? null : { url: first.html_url, announced: announcedIn(first.body ?? "") };
  }

  return {
    alert: (model: string) => allowed(() => find(model), false),
    ensureAlert: (model: string, alert: Alert | AlertNote | AlertMark | null) =>
      allowed(() => settle(model, alert), alert !== null && "title" in alert),
  };
}

function issueText({ model, body }: Alert): string {
  return cutMarkdown(`${alertMarker(model)}\n${body.trimEnd()}`, mostCharacters, null);
}

function noIssue(disabled: boolean, error: Error): string {
  return disabled
    ? "The repository has no issues, so the alert is only shown here and in the summary."
    : `The alert is only shown here and in the summary: ${error.message}`;
}
