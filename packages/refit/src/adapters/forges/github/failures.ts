import {
  ForgePermissionError,
  ForgeRefusedError,
  ForgeUnavailableError,
  RefitError,
  TokenInvalidError,
} from "@refit/core/errors";

/** What a request needs, to be named when GitHub refuses it. */
export interface Request {
  /** As in a workflow's `permissions`, such as `pull-requests: write`. */
  readonly permission: string;
  /** An infinitive, such as `open the pull request`. */
  readonly what: string;
}

/** The HTTP status of a failed request; `null`: no answer came. */
export function statusOf(error: unknown): number | null {
  const status = (error as { status?: unknown }).status;
  return typeof status === "number" ? status : null;
}

export function says(error: unknown, words: RegExp): boolean {
  return error instanceof Error && words.test(error.message);
}

/** Whether asking again may help: GitHub's own errors, rate limits, a lost connection. */
export function isTransient(error: unknown): boolean {
  if (error instanceof RefitError) return error instanceof ForgeUnavailableError;
  // GraphQL answers 200 also to what it refuses.
  if (error instanceof Error && error.name === "GraphqlResponseError") {
    return /something went wrong|timeout|rate limit/i.test(error.message);
  }
  const status = statusOf(error);
  return status === null || status >= 500 || status === 429 || (status === 403 && says(error, /rate limit/i));
}

/** An error of octokit in words for people; ours, and bugs, stay as they are. */
export function foreseen(error: unknown, { permission, what }: Request): unknown {
  if (error instanceof RefitError || !(error instanceof Error)) return error;
  const status = statusOf(error);
  const isGraphql = error.name === "GraphqlResponseError";
  if (status === null && !isGraphql && error.name !== "AbortError" && error.name !== "TimeoutError") return error;
  if (isTransient(error))
    return new ForgeUnavailableError(`${what}: ${error.message}${limitEnds(error)}`, { cause: error });
  if (status === 401) return new TokenInvalidError(error.message, { cause: error });
  if (status === 403 || status === 404) return new ForgePermissionError(permission, error.message, { cause: error });
  return new ForgeRefusedError(what, error.message, { cause: error });
}

/** Until when GitHub answers nothing more, as a sentence after its own; empty where it is not a limit, or it does not say. */
function limitEnds(error: Error): string {
  const { headers = {} } =
    (error as { response?: { headers?: Readonly<Record<string, string | undefined>> } }).response ?? {};
  const seconds = Number(headers["retry-after"]);
  if (seconds > 0) return `${dot(error)} It answers again in ${seconds} seconds.`;
  const reset = Number(headers["x-ratelimit-reset"]);
  const isUsedUp = headers["x-ratelimit-remaining"] === "0" && reset > 0;
  return isUsedUp ? `${dot(error)} The limit ends at ${new Date(reset * 1000).toISOString().slice(0, 16)}Z.` : "";
}

const dot = ({ message }: Error) => (/[.!?]$/.test(message) ? "" : ".");
