import { writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "@refit/testkit/folders";
import { describe, expect, it } from "vitest";
import { githubSettings, repositoryAt, pullRequestOf } from "./settings.ts";

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
    ["with rights to write, of a fork", "pull_request_target", "mallory/demo", { head: "abc", fromFork: true }],
    ["with rights to write, of the repository", "pull_request_target", "octo/demo", { head: "abc", fromFork: false }],
    ["of a review of a fork's pull request", "pull_request_review", "mallory/demo", { head: "abc", fromFork: true }],
    ["after a run of a fork's pull request", "workflow_run", "mallory/demo", { head: "fed", fromFork: true }],
    ["after a run of the repository", "workflow_run", "octo/demo", { head: "fed", fromFork: false }],
    ["of a merge queue", "merge_group", "octo/demo", { head: "def", fromFork: false }],
  ])("a run %s", async (_why, name, repository, expected) => {
    const file = path.join(await temporaryFolder(), "event.json");
    const repo = repository === null ? null : { full_name: repository };
    const event = {
      pull_request: { head: { sha: "abc", repo } },
      merge_group: { head_sha: "def" },
      workflow_run: { head_sha: "fed", head_repository: repo },
    };
    await writeFile(file, JSON.stringify(event));

    expect(pullRequestOf({ ...env, GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: file })).toEqual(expected);
  });

  it.each(["pull_request", "pull_request_target", "workflow_run", "merge_group"])(
    "trusts nobody where the event of a %s does not say whose commit it is",
    async (name) => {
      const file = path.join(await temporaryFolder(), "event.json");
      await writeFile(file, "{}");

      const found = pullRequestOf({ ...env, GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: file, GITHUB_SHA: "abc" });

      expect(found).toEqual({ head: "abc", fromFork: true });
    },
  );
});

describe("repositoryAt", () => {
  it.each<[address: string, server: string | undefined, repository: string | null]>([
    ["https://github.com/acme/models.git", undefined, "acme/models"],
    ["https://github.com/acme/models", undefined, "acme/models"],
    ["https://x-access-token:secret@GitHub.com/acme/models.git/", undefined, "acme/models"],
    ["git@github.com:acme/models.git", undefined, "acme/models"],
    ["ssh://git@github.com:22/acme/models.git", undefined, "acme/models"],
    ["https://github.com.evil.example/acme/models", undefined, null],
    ["https://evil.example/github.com/acme/models", undefined, null],
    ["https://gitlab.com/acme/models.git", undefined, null],
    ["/srv/git/acme/models.git", undefined, null],
    ["file:///srv/git/acme/models.git", undefined, null],
    ["C:/git/models.git", undefined, null],
    ["https://git.acme.example/acme/models.git", "https://git.acme.example", "acme/models"],
    ["http://127.0.0.1:8080/acme/models.git", "http://127.0.0.1:8080", "acme/models"],
    ["https://github.com/acme/models/extra", undefined, null],
  ])("%s at %s is %s", (address, server, repository) => {
    expect(repositoryAt(address, { GITHUB_SERVER_URL: server })).toBe(repository);
  });
});
