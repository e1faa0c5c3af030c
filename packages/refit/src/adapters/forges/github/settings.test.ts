import { writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "@refit/testkit/folders";
import { describe, expect, it } from "vitest";
import { githubSettings, pullRequestOf } from "./settings.ts";

const env = { GITHUB_TOKEN: "ghs_x", GITHUB_REPOSITORY: "octo/demo" };

describe("githubSettings", () => {
  it("finds github.com by itself, and a server where the run names one", () => {
    expect(githubSettings(env)).toMatchObject({
      apiUrl: "https://api.github.com",
      serverUrl: "https://github.com",
      owner: "octo",
      repo: "demo",
      token: "ghs_x",
      run: null,
      pullRequest: null,
    });
    const onServer = {
      ...env,
      GITHUB_API_URL: "https://ghe.example/api/v3/",
      GITHUB_SERVER_URL: "https://ghe.example",
    };
    expect(githubSettings({ ...onServer, GITHUB_RUN_ID: "7", GITHUB_RUN_ATTEMPT: "2" })).toMatchObject({
      apiUrl: "https://ghe.example/api/v3",
      serverUrl: "https://ghe.example",
      run: { id: 7, attempt: 2 },
    });
  });

  it("prefers refit's own token", () => {
    expect(githubSettings({ ...env, REFIT_TOKEN: "ghs_own" }).token).toBe("ghs_own");
    expect(githubSettings({ ...env, REFIT_TOKEN: "" }).token).toBe("ghs_x");
  });

  it.each<[code: string, env: Record<string, string>]>([
    ["token-missing", { GITHUB_REPOSITORY: "octo/demo" }],
    ["forge-repository-unknown", { GITHUB_TOKEN: "x" }],
    ["forge-repository-unknown", { GITHUB_TOKEN: "x", GITHUB_REPOSITORY: "octo" }],
    ["forge-repository-unknown", { GITHUB_TOKEN: "x", GITHUB_REPOSITORY: "octo/demo/../x" }],
  ])("%s", (code, incomplete) => {
    expect(() => githubSettings(incomplete)).toThrow(expect.objectContaining({ code }));
  });
});

describe("pullRequestOf", () => {
  it.each([
    ["of the repository", "pull_request", "octo/demo", { head: "abc", fromFork: false }],
    ["of a fork", "pull_request", "mallory/demo", { head: "abc", fromFork: true }],
    ["of a fork that is gone", "pull_request", null, { head: "abc", fromFork: true }],
    ["of no pull request", "schedule", "octo/demo", null],
    ["of a merge queue", "merge_group", "octo/demo", { head: "def", fromFork: false }],
  ])("a run %s", async (_why, name, repository, expected) => {
    const file = path.join(await temporaryFolder(), "event.json");
    const repo = repository === null ? null : { full_name: repository };
    const event = { pull_request: { head: { sha: "abc", repo } }, merge_group: { head_sha: "def" } };
    await writeFile(file, JSON.stringify(event));

    expect(pullRequestOf({ ...env, GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: file })).toEqual(expected);
  });
});
