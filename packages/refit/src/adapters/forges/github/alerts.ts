import { ForgePermissionError } from "@refit/core/errors";
import { cutMarkdown } from "@refit/core/report";
import type { Alert, AlertNote } from "../../../ports/forge.ts";
import type { Client } from "./client.ts";
import { statusOf } from "./failures.ts";
import type { IsOurs } from "./own-author.ts";
import { alertMarker, isMarked } from "./marker.ts";
import { withAlertNote } from "../alert-note.ts";
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

  async function settle(model: string, alert: Alert | AlertNote | null): Promise<string | null> {
    const [first, ...copies] = await openIssues(model);
    for (const copy of copies) await update(copy.number, { state: "closed" });
    if (alert === null) {
      if (first !== undefined) await update(first.number, { state: "closed" });
      return null;
    }
    if ("note" in alert) {
      if (first === undefined) return null;
      const body = withAlertNote(first.body ?? "", alert.note);
      if (first.body !== body) await update(first.number, { body });
      return first.html_url;
    }
    const { title } = alert;
    const body = cutMarkdown(`${alertMarker(model)}\n${alert.body.trimEnd()}`, mostCharacters, null);
    if (first === undefined) {
      listing = null;
      const { data } = await rest.issues.create({ ...here, title, body, labels: [label] });
      return data.html_url;
    }
    if (first.title !== title || first.body !== body) await update(first.number, { title, body });
    return first.html_url;
  }

  /** @returns where it is; `null` when there is none, or when issues cannot be written: a notice then says why. */
  return async function ensureAlert(model: string, alert: Alert | AlertNote | null): Promise<string | null> {
    try {
      return await client.ensure(request, () =>
        settle(model, alert).catch((error) => {
          listing = null;
          throw error;
        }),
      );
    } catch (error) {
      const disabled = statusOf((error as { cause?: unknown }).cause ?? {}) === 410;
      if (!disabled && !(error instanceof ForgePermissionError)) throw error;
      if (alert !== null && "title" in alert) client.notice(noIssue(disabled, error as Error));
      return null;
    }
  };
}

function noIssue(disabled: boolean, error: Error): string {
  return disabled
    ? "The repository has no issues, so the alert is only shown here and in the summary."
    : `The alert is only shown here and in the summary: ${error.message}`;
}
