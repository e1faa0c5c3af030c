import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder, temporaryRepository } from "@refit/testkit";
import { describe, expect, it } from "vitest";
import { gitProcess } from "../../src/adapters/git/git-process.ts";
import { gitSettings } from "../../src/adapters/forges/github/git-settings.ts";
import { porcelain } from "../../src/adapters/git/porcelain.ts";
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

    expect((await settingsWith({})).credentials).toMatchObject({ GIT_CONFIG_COUNT: "3", GIT_CONFIG_KEY_0: key });
    expect((await settingsWith({}, own)).credentials).toEqual({
      GIT_ASKPASS: "",
      GIT_CONFIG_COUNT: "4",
      GIT_CONFIG_KEY_1: key,
      GIT_CONFIG_VALUE_1: "",
      GIT_CONFIG_KEY_2: key,
      GIT_CONFIG_VALUE_2: `AUTHORIZATION: basic ${secret}`,
      GIT_CONFIG_KEY_3: "credential.https://ghe.example.helper",
      GIT_CONFIG_VALUE_3: "",
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

  it("shows a filter what every program needs and what the user names, and no more", async () => {
    const { root, dump, seen, tokens } = await watched();
    const git = gitProcess(root, { ...tokens, REFIT_GIT_ENV: "SOPS_AGE_KEY" }, { GIT_CONFIG_VALUE_0: secret });
    await git.run(["config", "filter.watch.clean", `${dump}; cat`]);
    await writeFile(path.join(root, ".gitattributes"), "* filter=watch\n");

    await git.run(["hash-object", "--stdin", "--path=x.csv"], { input: "a\n" });

    expect(await seen()).toContain("SOPS_AGE_KEY=age");
    expect((await seen()).replace("SOPS_AGE_KEY=age", "")).not.toMatch(noneOf);
  });

  it.each<[program: string, url: (root: string) => string, key: string]>([
    ["ssh", () => "ssh://git@example.invalid/octo/demo.git", "core.sshCommand"],
    ["an upload-pack of the user's", (root) => root, "remote.origin.uploadpack"],
  ])("shows no token to %s", async (_program, url, key) => {
    const { root, dump, seen, tokens } = await watched();
    const { credentials } = await gitSettings(gitProcess(root, tokens), tokens);
    expect(credentials["GIT_CONFIG_VALUE_1"]).toContain("AUTHORIZATION");
    const git = gitProcess(root, tokens, credentials, { secondMs: 1 });
    await git.run(["remote", "add", "origin", url(root)]);
    await git.run(["config", key, dump]);

    const { exitCode } = await porcelain(git, root, "origin", ["fetch", "origin"]);

    expect(exitCode).not.toBe(0);
    expect(await seen()).toContain("PATH=");
    expect(await seen()).not.toMatch(noneOf);
  });

  it("asks no helper and no person where it has a token, even one that is refused", async () => {
    const hub = await temporaryHub();
    const { root, dump, seen, tokens } = await watched();
    const env = { ...tokens, GITHUB_SERVER_URL: hub.url, GIT_ASKPASS: dump, SSH_ASKPASS: dump };
    const { credentials } = await gitSettings(gitProcess(root, env), env);
    const git = gitProcess(root, env, credentials, { secondMs: 1 });
    await git.run(["remote", "add", "origin", hub.gitUrl()]);
    for (const key of ["credential.helper", `credential.${hub.url}.helper`])
      await git.run(["config", key, `!${dump};`]);
    await git.run(["config", "core.askPass", dump]);

    const { exitCode, stderr } = await porcelain(git, root, "origin", ["push", "origin", "HEAD:refs/heads/x"]);

    expect({ exitCode, stderr }).toMatchObject({ exitCode: 128 });
    expect(await seen()).toBe("");
  });

  it("takes every setting that people give to git by environment", async () => {
    const { root, tokens } = await watched();
    const settings = Object.entries({
      "url.https://example.invalid/.insteadOf": "x:",
      "protocol.file.allow": "always",
      "filter.lfs.process": "git-lfs filter-process",
      "include.path": "/dev/null",
      "alias.st": "status",
      "gpg.program": "gpg",
      "core.sshCommand": "ssh",
      "core.fsmonitor": "false",
      "credential.helper": "store",
      "diff.x.textconv": "cat",
      "merge.x.driver": "true",
      "core.gitProxy": "none",
    });
    const byEnvironment = settings.flatMap(([key, value], i) => [
      [`GIT_CONFIG_KEY_${i}`, key],
      [`GIT_CONFIG_VALUE_${i}`, value],
    ]);
    const env = { ...tokens, GIT_CONFIG_COUNT: String(settings.length), ...Object.fromEntries(byEnvironment) };

    const { exitCode } = await porcelain(gitProcess(root, env), root, "origin", ["ls-remote", "."]);

    expect(exitCode).toBe(0);
  });

  it("leaves the user's own tokens to the user's helper where it has none of its own", async () => {
    const { root, dump, seen, tokens } = await watched();
    const git = gitProcess(root, { ...tokens, REFIT_TOKEN: "ghs_refit" }, {}, { secondMs: 1 });
    await git.run(["remote", "add", "origin", "ssh://git@example.invalid/octo/demo.git"]);
    await git.run(["config", "core.sshCommand", dump]);

    await porcelain(git, root, "origin", ["fetch", "origin"]);

    expect(await seen()).toContain("GITHUB_TOKEN=ghs_secret");
    expect(await seen()).toContain("AWS_SECRET_ACCESS_KEY=aws");
    expect(await seen()).not.toMatch(/ghs_refit|ACTIONS_RUNTIME_TOKEN/);
  });
});

const noneOf = /ghs_|AUTHORIZATION|eC1hY2Nlc3M|aws|npm_|ACTIONS_RUNTIME|age/;

/** A repository, and a program that writes down its environment. */
async function watched() {
  const { root, env } = await temporaryRepository();
  const file = path.join(await temporaryFolder(), "seen");
  const dump = `${file}.sh`;
  await writeFile(dump, `#!/bin/sh\nenv >> '${file}'\nexit 0\n`, { mode: 0o755 });
  const secrets = {
    AWS_SECRET_ACCESS_KEY: "aws",
    NPM_TOKEN: "npm_1",
    SOPS_AGE_KEY: "age",
    ACTIONS_RUNTIME_TOKEN: "ghs_runtime",
  };
  const tokens: Record<string, string> = { ...env, ...run, ...secrets };
  return { root, dump, tokens, seen: () => readFile(file, "utf8").catch(() => "") };
}
