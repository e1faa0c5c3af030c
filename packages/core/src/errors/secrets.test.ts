import { describe, expect, it } from "vitest";
import { isSecretName, redact, withoutSecrets } from "./secrets.ts";

describe("redact", () => {
  it.each<[why: string, text: string, expected: string]>([
    ["a token in a URL", "https://x-access-token:s3cret@example.com/a", "https://***@example.com/a"],
    ["a short-lived token with dots", `no ghs_12345_${"a.b-c".repeat(20)}!`, "no ***!"],
    ["a fine-grained token", `github_pat_${"A1".repeat(20)}`, "***"],
    ["a header", "AUTHORIZATION: basic eC1hY2Nlc3M6", "AUTHORIZATION: basic ***"],
    ["a token of GitLab", `glpat-${"aB3_".repeat(6)} is refused`, "*** is refused"],
    [
      "a signed URL",
      "https://s3.example/a?X-Amz-Signature=0fa1&part=2",
      "https://s3.example/a?X-Amz-Signature=***&part=2",
    ],
    ["a password with a slash", "https://ada:pa/ss@example.com/a.git", "https://***@example.com/a.git"],
    ["a password with an at sign", "https://ada:p@ss@example.com/a", "https://***@example.com/a"],
    ["a token without a name", "https://s3cret@example.com/a", "https://***@example.com/a"],
    [
      "a port",
      "http://localhost:8080/a@v1 and https://example.com:443/b",
      "http://localhost:8080/a@v1 and https://example.com:443/b",
    ],
    [
      "a token of GitLab in a URL",
      "https://git.example/a?private_token=s3cret&x=1",
      "https://git.example/a?private_token=***&x=1",
    ],
    ["a header of GitLab", "PRIVATE-TOKEN: s3cret", "PRIVATE-TOKEN: ***"],
    ["a job's token", `gljob-${"aB3_".repeat(6)}`, "***"],
    ["a key of AWS", "AKIAIOSFODNN7EXAMPLE is not known", "*** is not known"],
    ["a token of npm", `npm_${"a1".repeat(18)}`, "***"],
    [
      "a signed URL of Google",
      "https://x.example/a?X-Goog-Signature=0f&X-Goog-Credential=me",
      "https://x.example/a?X-Goog-Signature=***&X-Goog-Credential=***",
    ],
    ["a JSON web token", `eyJ${"a".repeat(20)}.eyJ${"b".repeat(20)}.c-d`, "***"],
    ["an action", "uses: octo/refit@v1, https://example.com/@ada", "uses: octo/refit@v1, https://example.com/@ada"],
    ["nothing to hide", "fatal: git@example.com:a/b.git not found", "fatal: git@example.com:a/b.git not found"],
  ])("%s", (_why, text, expected) => {
    expect(redact(text)).toBe(expected);
  });
});

describe("isSecretName", () => {
  it.each([
    "REFIT_TOKEN",
    "REFIT_WEBHOOK_URL",
    "REFIT_WEBHOOK_SECRET",
    "GITHUB_TOKEN",
    "GH_TOKEN",
    "GH_ENTERPRISE_TOKEN",
    "GITLAB_TOKEN",
    "CI_JOB_TOKEN",
    "ACTIONS_RUNTIME_TOKEN",
    "ACTIONS_ID_TOKEN_REQUEST_URL",
    "INPUT_GITHUB-TOKEN",
    "STATE_token",
    "github_token",
  ])("knows %s", (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  // Sources, LFS transfers and child processes need these.
  it.each(["PATH", "GITHUB_REPOSITORY", "GITHUB_EVENT_PATH", "AWS_SECRET_ACCESS_KEY", "MY_GH_TOKEN_FILE"])(
    "leaves %s",
    (name) => {
      expect(isSecretName(name)).toBe(false);
    },
  );
});

describe("withoutSecrets", () => {
  it("keeps the rest, and no variable without a value", () => {
    expect(withoutSecrets({ PATH: "/bin", GH_TOKEN: "x", empty: undefined })).toEqual({ PATH: "/bin" });
  });
});
