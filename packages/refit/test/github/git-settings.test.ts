import path from "node:path";
import { temporaryFolder, temporaryRepository } from "@refit/testkit";
import { describe, expect, it } from "vitest";
import { gitProcess } from "../../src/adapters/git/git-process.ts";
import { gitSettings } from "../../src/adapters/forges/github/git-settings.ts";
import { push } from "../../src/adapters/git/push.ts";
import { temporaryHub } from "./support/hub-world.ts";

const run = { GITHUB_ACTIONS: "true", GITHUB_TOKEN: "ghs_secret", GITHUB_SERVER_URL: "https://ghe.example" };
const secret = Buffer.from("x-access-token:ghs_secret").toString("base64");

/** What git gets, in a repository with this configuration. */
async function settingsWith(config: Record<string, string>, env: Record<string, string> = {}) {
  const { root, env: own } = await temporaryRepository({ config });
  const all = { ...own, ...run, ...env };
  return gitSettings(gitProcess(root, all), all);
}

/** Pushes to a hub from a clone that `prepare` has configured, with an App's token given to refit. @returns who pushed */
async function pusherAfter(prepare: (clone: Clone) => Promise<unknown>): Promise<string | null | undefined> {
  const hub = await temporaryHub();
  const work = await temporaryRepository({ empty: true });
  await work.git("remote", "add", "origin", hub.gitUrl());
  await work.git("fetch", "--quiet", "origin");
  await work.git("reset", "--quiet", "--hard", "origin/main");
  const temp = await temporaryFolder();
  await prepare({ ...work, temp, url: hub.url, header: hub.authHeader(hub.tokens.bot) });

  const env = { ...work.env, ...run, GITHUB_SERVER_URL: hub.url, REFIT_TOKEN: hub.tokens.app };
  const { credentials } = await gitSettings(gitProcess(work.root, env), env);
  const id = await work.git("rev-parse", "HEAD");
  const repository = { root: work.root, commonDir: path.join(work.root, ".git"), remote: "origin" };
  const located = { ...repository, baseBranch: "main", baseCommit: id, notices: [] };
  await push(gitProcess(work.root, env, credentials), located, [{ ref: "refs/heads/x", id, expected: null }]);
  return hub.requests.findLast(({ path: at }) => at.includes("git-receive-pack"))?.actor;
}

type Clone = Pick<Awaited<ReturnType<typeof temporaryRepository>>, "git" | "root"> & {
  /** As `RUNNER_TEMP`. */
  readonly temp: string;
  readonly url: string;
  /** The login of a workflow run's own token. */
  readonly header: string;
};

describe("git on GitHub", () => {
  it("logs in to that server only, behind what is configured by environment already", async () => {
    const own = { GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: "core.abbrev", GIT_CONFIG_VALUE_0: "12" };
    const key = "http.https://ghe.example/.extraheader";

    expect((await settingsWith({})).credentials).toMatchObject({ GIT_CONFIG_COUNT: "2", GIT_CONFIG_KEY_0: key });
    expect((await settingsWith({}, own)).credentials).toEqual({
      GIT_CONFIG_COUNT: "3",
      GIT_CONFIG_KEY_1: key,
      GIT_CONFIG_VALUE_1: "",
      GIT_CONFIG_KEY_2: key,
      GIT_CONFIG_VALUE_2: `AUTHORIZATION: basic ${secret}`,
    });
    expect((await settingsWith({}, { GITHUB_TOKEN: "" })).credentials).toEqual({});
  });

  it.each<[why: string, prepare: (clone: Clone) => Promise<unknown>]>([
    ["nothing is configured", async () => {}],
    [
      "actions/checkout up to v5 left its header in .git/config",
      ({ git, url, header }) => git("config", `http.${url}/.extraheader`, header),
    ],
    [
      "actions/checkout from v6 on left a file that .git/config includes",
      async ({ git, root, temp, url, header }) => {
        const file = path.join(temp, "git-credentials-1.config");
        await git("config", "--file", file, `http.${url}/.extraheader`, header);
        await git("config", `includeIf.gitdir:${root}/.git.path`, file);
        await git("config", `includeIf.gitdir:${root}/.git/worktrees/*.path`, file);
        expect(await git("config", "--get", `http.${url}/.extraheader`)).toBe(header);
      },
    ],
    [
      "the address holds a login",
      ({ git, url, header }) => {
        const login = Buffer.from(header.split(" ").at(-1)!, "base64").toString();
        return git("remote", "set-url", "origin", `${url.replace("//", `//${login}@`)}/octo/demo.git`);
      },
    ],
    [
      "a helper knows a login",
      ({ git }) => git("config", "credential.helper", "!echo password=nobody; echo username=x"),
    ],
  ])("pushes with the token that was given to refit, though %s", async (_why, prepare) => {
    expect(await pusherAfter(prepare)).toBe("refit-app[bot]");
  });

  it("commits as the bot where nobody is configured", async () => {
    const nobody = { GIT_AUTHOR_NAME: "", GIT_AUTHOR_EMAIL: "", GIT_COMMITTER_NAME: "", GIT_COMMITTER_EMAIL: "" };

    expect((await settingsWith({}, nobody)).author).toMatchObject({ GIT_COMMITTER_NAME: "github-actions[bot]" });
    expect((await settingsWith({ "user.email": "ada@example.com" }, nobody)).author).toEqual({});
  });

  it("shows tokens to no filter, only to commands with a remote", async () => {
    const { root, env } = await temporaryRepository();
    const tokens = { REFIT_TOKEN: "ghs_own", GH_ENTERPRISE_TOKEN: "ghs_other" };
    const git = gitProcess(root, { ...env, ...run, ...tokens }, { GIT_CONFIG_VALUE_0: secret });

    expect(JSON.stringify(git.env)).not.toMatch(/ghs_|Basic|eC1hY2Nlc3M/);
    expect(git.networkEnv).toMatchObject({ REFIT_TOKEN: "ghs_own", GIT_CONFIG_VALUE_0: secret });
  });
});
