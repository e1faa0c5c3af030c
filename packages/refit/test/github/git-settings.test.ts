import { temporaryRepository } from "@refit/testkit";
import { describe, expect, it } from "vitest";
import { gitProcess } from "../../src/adapters/git-process.ts";
import { gitSettings } from "../../src/adapters/github/git-settings.ts";

const run = { GITHUB_ACTIONS: "true", GITHUB_TOKEN: "ghs_secret", GITHUB_SERVER_URL: "https://ghe.example" };
const secret = Buffer.from("x-access-token:ghs_secret").toString("base64");

/** What git gets, in a repository with this configuration. */
async function settingsWith(config: Record<string, string>, env: Record<string, string> = {}) {
  const { root, env: own } = await temporaryRepository({ config });
  const all = { ...own, ...run, ...env };
  return gitSettings(gitProcess(root, all), all);
}

describe("git on GitHub", () => {
  it("logs in to that server only, behind what is configured by environment already", async () => {
    expect((await settingsWith({})).credentials).toEqual({
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: "http.https://ghe.example/.extraheader",
      GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${secret}`,
    });
    const more = { GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: "core.abbrev", GIT_CONFIG_VALUE_0: "12" };
    expect((await settingsWith({}, more)).credentials).toMatchObject({
      GIT_CONFIG_COUNT: "2",
      GIT_CONFIG_KEY_1: "http.https://ghe.example/.extraheader",
    });
  });

  it.each<[why: string, config: Record<string, string>, logsIn: boolean]>([
    ["checkout has left its header", { "http.https://ghe.example/.extraheader": "AUTHORIZATION: basic x" }, false],
    ["another server has a header", { "http.https://other.example/.extraheader": "AUTHORIZATION: basic x" }, true],
    ["a helper is configured", { "credential.helper": "store" }, false],
    ["the address holds a login", { "remote.origin.url": "https://me:pw@ghe.example/octo/demo.git" }, false],
    ["the address is plain", { "remote.origin.url": "https://ghe.example/octo/demo.git" }, true],
  ])("when %s", async (_why, config, logsIn) => {
    expect(Object.keys((await settingsWith(config)).credentials).length > 0).toBe(logsIn);
  });

  it("commits as the bot where nobody is configured", async () => {
    const nobody = { GIT_AUTHOR_NAME: "", GIT_AUTHOR_EMAIL: "", GIT_COMMITTER_NAME: "", GIT_COMMITTER_EMAIL: "" };

    expect((await settingsWith({}, nobody)).identity).toMatchObject({ GIT_COMMITTER_NAME: "github-actions[bot]" });
    expect((await settingsWith({ "user.email": "ada@example.com" }, nobody)).identity).toEqual({});
  });

  it("shows tokens to no filter, only to commands with a remote", async () => {
    const { root, env } = await temporaryRepository();
    const git = gitProcess(root, { ...env, ...run, REFIT_TOKEN: "ghs_own" }, { GIT_CONFIG_VALUE_0: secret });

    expect(JSON.stringify(git.env)).not.toMatch(/ghs_|Basic|eC1hY2Nlc3M/);
    expect(git.networkEnv).toMatchObject({ REFIT_TOKEN: "ghs_own", GIT_CONFIG_VALUE_0: secret });
  });
});
