import { readFileSync } from "node:fs";
import type { Environment } from "../forge-adapter.ts";

/** An edit of an issue's text, by which somebody has started the run. */
export interface IssueEdit {
  readonly issue: number;
  readonly before: string;
  readonly after: string;
  readonly sender: { readonly login: string; readonly isBot: boolean };
}

interface EditEvent {
  readonly action?: unknown;
  readonly changes?: { readonly body?: { readonly from?: unknown } };
  readonly issue?: { readonly number?: unknown; readonly body?: unknown };
  readonly sender?: { readonly login?: unknown; readonly type?: unknown };
}

/** @returns `null`: something else started the run. An edit of the title has the same text before and after. */
export function issueEditOf(env: Environment): IssueEdit | null {
  const file = env["GITHUB_EVENT_PATH"];
  if (env["GITHUB_EVENT_NAME"] !== "issues" || !file) return null;
  const { action, changes, issue, sender } = JSON.parse(readFileSync(file, "utf8")) as EditEvent;
  const { number, body } = issue ?? {};
  if (action !== "edited" || typeof number !== "number") return null;
  const after = typeof body === "string" ? body : "";
  const from = changes?.body?.from;
  const login = typeof sender?.login === "string" ? sender.login : "";
  return {
    issue: number,
    before: typeof from === "string" ? from : after,
    after,
    // What does not say that it is a person is none.
    sender: { login, isBot: sender?.type !== "User" || login === "" || login.endsWith("[bot]") },
  };
}
