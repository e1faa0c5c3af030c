import { ForgeRefusedError, ForgeUnavailableError } from "@refit/core/errors";
import { describe, expect, it } from "vitest";
import { foreseen, isTransient } from "./failures.ts";

const request = { permission: "contents: write", what: "turn on auto-merge" };

/** As octokit throws it: without a status. */
function answered(type: string, message: string) {
  return Object.assign(new Error(`Request failed due to following response errors:\n - ${message}`), {
    name: "GraphqlResponseError",
    errors: [{ type, message }],
  });
}

describe("what GraphQL answers with 200", () => {
  it.each([
    ["UNPROCESSABLE", "Pull request Auto merge is not allowed for this repository"],
    ["FORBIDDEN", "Resource not accessible by integration"],
    ["NOT_FOUND", "Could not resolve to a node with the global id of 'x'"],
  ])("%s is a no: asking again would not help", (type, message) => {
    expect(isTransient(answered(type, message))).toBe(false);
    expect(foreseen(answered(type, message), request)).toBeInstanceOf(ForgeRefusedError);
  });

  it.each([
    ["", "Something went wrong while executing your query. This may be the result of a timeout, or it could be a bug."],
    ["RATE_LIMITED", "API rate limit exceeded for installation."],
  ])("%s may pass", (type, message) => {
    expect(isTransient(answered(type, message))).toBe(true);
    expect(foreseen(answered(type, message), request)).toBeInstanceOf(ForgeUnavailableError);
  });
});

describe("a limit", () => {
  it.each<[headers: Record<string, string>, told: RegExp]>([
    [{ "retry-after": "60" }, /exceeded\. It answers again in 60 seconds\.$/],
    [
      { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(Date.UTC(2026, 5, 1, 12, 30) / 1000) },
      /exceeded\. The limit ends at 2026-06-01T12:30Z\.$/,
    ],
    [{ "x-ratelimit-remaining": "17", "x-ratelimit-reset": "1780000000" }, /exceeded$/],
    [{}, /exceeded$/],
  ])("says until when: %j", (headers, told) => {
    const error = Object.assign(new Error("API rate limit exceeded"), { status: 403, response: { headers } });

    expect((foreseen(error, request) as Error).message).toMatch(told);
  });
});
