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
