import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import { Octokit } from "@octokit/rest";
import { version } from "../../../version.ts";
import type { Patience } from "../forge-adapter.ts";
import { answerProblem } from "./answers.ts";
import { foreseen, isTransient, type Request } from "./failures.ts";
import type { GithubSettings } from "./settings.ts";

/** What every part of the adapter works with. */
export interface Client {
  readonly settings: GithubSettings;
  readonly rest: Octokit["rest"];
  readonly paginate: Octokit["paginate"];
  readonly graphql: Octokit["graphql"];
  /** Owner and name, as every call wants them. */
  readonly here: { readonly owner: string; readonly repo: string };
  /** Says something that people should know and that ends nothing. */
  readonly notice: (sentence: string) => void;
  /** Runs requests whose failure is then told in our words. */
  ask<T>(request: Request, run: () => Promise<T>): Promise<T>;
  /**
   * Runs a step that first looks and then creates what is missing, again when GitHub fails in passing: after a lost
   * answer the next look finds what the request did.
   */
  ensure<T>(request: Request, step: () => Promise<T>): Promise<T>;
}

const mostTries = 4;
/** A limit that ends later than this is not waited for. */
const longestWaitSeconds = 120;

const Throttled = Octokit.plugin(retry, throttling);

export function githubClient(
  settings: GithubSettings,
  notice: (sentence: string) => void,
  { secondMs, timeoutMs, paced }: Patience = { secondMs: 1000, timeoutMs: 30_000, paced: true },
): Client {
  const worthWaiting = (seconds: number, _options: unknown, _octokit: unknown, tries: number) =>
    seconds <= longestWaitSeconds && tries < mostTries - 1;
  // The plugin types its queues as whole Bottleneck groups; it only schedules on them.
  const queues: object = paced ? {} : { write: atOnce, notifications: atOnce };
  const octokit = new Throttled({
    auth: settings.token,
    baseUrl: settings.apiUrl,
    userAgent: `refit/${version}`,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    request: { fetch: wholeAnswers(timeoutMs) },
    retry: { retries: mostTries - 1, retryAfterBaseValue: secondMs },
    throttle: {
      retryAfterBaseValue: secondMs,
      onRateLimit: worthWaiting,
      onSecondaryRateLimit: worthWaiting,
      ...queues,
    },
  });
  octokit.hook.before("request", (options) => {
    options.headers["x-github-api-version"] = "2022-11-28";
    // Creating twice is not the same as once: `ensure` looks before it asks again.
    if (options.method === "POST") options.request = { ...options.request, retries: 0 };
  });

  async function ask<T>(request: Request, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      throw foreseen(error, request);
    }
  }

  async function repeat<T>(step: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await step();
      } catch (error) {
        if (tries === mostTries || !isTransient(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, tries * tries * secondMs));
      }
    }
  }

  return {
    settings,
    rest: octokit.rest,
    paginate: octokit.paginate,
    graphql: octokit.graphql,
    here: { owner: settings.owner, repo: settings.repo },
    notice,
    ask,
    ensure: (request, step) => ask(request, () => repeat(step)),
  };
}

/** In place of the throttling plugin's queues. */
const atOnce = { key: () => ({ schedule: async (_options: unknown, run: () => Promise<void>) => run() }) };

/**
 * A fetch that gives up in time, and that fails when an answer breaks off or has not the promised shape: octokit's plugins
 * read and change answers before anybody else sees them.
 */
function wholeAnswers(timeoutMs: number) {
  return async (asked: string, init: RequestInit): Promise<Response> => {
    const answer = await fetch(asked, { ...init, signal: AbortSignal.timeout(timeoutMs) });
    const hasBody = ![204, 205, 304].includes(answer.status);
    const { ok, status, statusText, headers, url } = answer;
    const bytes = hasBody ? await answer.arrayBuffer() : null;
    if (ok && bytes !== null) {
      const { method = "GET" } = init;
      const { pathname } = new URL(asked);
      const data = jsonOf(headers, bytes);
      const problem = data === null ? "an object or a list" : answerProblem(method, pathname, data);
      if (problem !== null) throw new Error(`${method} ${pathname}: expected ${problem}`);
    }
    const whole = new Response(bytes, { status, statusText, headers });
    // Pages of a listing that tells its total are followed by the address of the answer.
    return Object.defineProperty(whole, "url", { value: url });
  };
}

/** What GitHub answers to any request; `null`: something else, such as the page of a proxy. */
function jsonOf(headers: Headers, bytes: ArrayBuffer): object | null {
  if (!/^application\/json\s*(;|$)/i.test(headers.get("content-type") ?? "")) return null;
  try {
    const data: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof data === "object" ? data : null;
  } catch {
    return null;
  }
}
