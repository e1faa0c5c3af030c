import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { temporaryFolder } from "@refit/testkit";
import { describe, expect, it } from "vitest";
import { commands } from "../../src/commands/index.ts";
import { createPorts, type World } from "../../src/wiring.ts";
import { month } from "../e2e/support/scene.ts";
import { hubScene, writes } from "./support/hub-scene.ts";
import { impatient } from "./support/hub-world.ts";

const execute = promisify(execFile);

type HubScene = Awaited<ReturnType<typeof hubScene>>;

/** A person's clone of the repository on GitHub, in which no workflow runs. */
async function machine({ hub, person, scene }: HubScene, { login = "" } = {}) {
  const cwd = path.join(await temporaryFolder(), "clone");
  const git = async (...args: string[]) =>
    (await execute("git", ["-C", path.dirname(cwd), ...args], { env: { ...person.env } })).stdout.trim();
  await git("clone", "--quiet", hub.bareRepository, cwd);
  await git("-C", cwd, "remote", "set-url", "origin", hub.gitUrl().replace("://", `://${login}`));
  const world = { ...person.env, GITHUB_SERVER_URL: hub.url, GITHUB_API_URL: hub.apiUrl };

  async function refit(name: string, args: readonly string[], how: Pick<World, "push" | "reach"> & { token?: string }) {
    const { token, ...reach } = how;
    const env = { ...world, ...(token === undefined ? {} : { GITHUB_TOKEN: token }) };
    const ports = await createPorts({
      cwd,
      base: null,
      now: scene.now(),
      json: true,
      env,
      patience: impatient,
      ...reach,
    });
    const lines: string[] = [];
    const notices: string[] = [];
    const out = {
      print: (line: string) => void lines.push(line),
      progress: () => {},
      notice: (sentence: string) => void notices.push(sentence),
    };
    await (await commands[name]!()).run({ ...ports, out }, args, {});
    return { lines, notices };
  }

  return { git: (...args: string[]) => git("-C", cwd, ...args), refit };
}

const head = async ({ person, hub }: HubScene) => person.git("-C", hub.bareRepository, "rev-parse", "refit--churn");

describe("a run in a clone of a repository on GitHub", () => {
  it("asks nobody and writes nothing there, though a token is set", async () => {
    const world = await hubScene();
    const { refit } = await machine(world);
    const token = world.hub.tokens.person;
    const before = world.hub.requests.length;

    await refit("run", ["churn"], { push: false, reach: "clone", token });

    const asked = world.hub.requests.slice(before).map(({ path: at }) => at);
    expect(asked.filter((at) => at.includes("git-upload-pack"))).not.toEqual([]);
    expect(asked.filter((at) => !at.includes("git-upload-pack"))).toEqual([]);
  });

  it("opens the pull request with the commit that was tried, once it is published", async () => {
    const world = await hubScene();
    const { git, refit } = await machine(world);
    const token = world.hub.tokens.person;
    await refit("run", ["churn"], { push: false, reach: "clone", token });
    const tried = await git("rev-parse", "refit--churn");

    const { lines, notices } = await refit("run", ["churn"], { push: true, reach: "remote", token });

    expect(lines.join("\n").split("\n")).toContain(`  proposal: ${world.hub.url}/octo/demo/pull/1`);
    expect(notices.at(-1)).toContain("`refit-ledger`, `refit--churn`.");
    expect(await head(world)).toBe(tried);
    expect(world.hub.rows.comments).toHaveLength(1);
    expect(await world.run()).toMatchObject({ decision: "skipped", heldBack: { kind: "proposal-open" } });
    expect(await head(world)).toBe(tried);
  });

  it("pushes the branch where there is no token, and the next workflow run opens the pull request", async () => {
    const world = await hubScene();
    const { git, refit } = await machine(world, { login: `x-access-token:${world.hub.tokens.person}@` });

    const { notices } = await refit("run", ["churn"], { push: true, reach: "remote" });

    expect(notices).toContain("GitHub was not asked: there is no token in GITHUB_TOKEN or REFIT_TOKEN.");
    expect(notices.at(-1)).toMatch(/^Pushed to origin/);
    expect(notices.join("\n")).not.toContain(world.hub.tokens.person);
    const pushed = await git("rev-parse", "refit--churn");
    expect(await world.run()).toMatchObject({ decision: "proposed", operation: "created", evidence: null });
    expect(await head(world)).toBe(pushed);
  });
});

describe("status in a clone", () => {
  it("says what GitHub says, or that it was not asked", async () => {
    const world = await hubScene();
    await world.run();
    const { refit } = await machine(world);
    const token = world.hub.tokens.person;

    const asked = await refit("status", [], { reach: "remote", token });
    const withoutToken = await refit("status", [], { reach: "remote" });
    const offline = await refit("status", [], { reach: "offline", token });

    expect(asked.lines.join("\n")).toContain(`proposal open: #1 ${world.hub.url}/octo/demo/pull/1`);
    expect(asked.notices).toEqual([]);
    expect(withoutToken.notices).toEqual(["GitHub was not asked: there is no token in GITHUB_TOKEN or REFIT_TOKEN."]);
    expect(offline.notices).toEqual(["GitHub was not asked: `--offline`."]);
  });

  it("tells a proposal that a person closed, and goes on where GitHub does not answer", async () => {
    const world = await hubScene();
    await world.run();
    await world.hub.person.close(1);
    const { refit } = await machine(world);

    const declined = await refit("status", [], { reach: "remote", token: world.hub.tokens.person });
    const unknown = await refit("status", [], { reach: "remote", token: "ghs_nobody" });

    expect(declined.lines.join("\n")).toContain("proposal declined: #1 ");
    expect(unknown.lines.join("\n")).toContain("churn");
    expect(unknown.notices.join("\n")).toContain("could not be asked about proposals");
  });
});

describe("a comment whose head is no longer the pull request's", () => {
  async function pushedOver() {
    const world = await hubScene();
    await world.run();
    const judged = await head(world);
    const now = await world.hub.person.commit("refit--churn", { "NOTES.md": "I looked." });
    const sentence = `This comparison is of ${judged.slice(0, 10)}; the head is now ${now.slice(0, 10)}.`;
    const comment = () => world.hub.rows.comments[0]!.body;
    expect(comment()).not.toContain(sentence);
    return { world, sentence, comment };
  }

  it.each(["run", "promote"] as const)("says so after the next %s, once", async (name) => {
    const { world, sentence, comment } = await pushedOver();

    await world.refit(name, name === "run" ? ["churn"] : []);
    expect(comment().split(sentence)).toHaveLength(2);
    const before = writes(world.hub).length;
    await world.refit(name, name === "run" ? ["churn"] : []);

    expect(writes(world.hub).slice(before)).toEqual([]);
  });

  it("says so after the verification that the push started", async () => {
    const { world, sentence, comment } = await pushedOver();
    const file = path.join(await temporaryFolder(), "event.json");
    const pull = { head: { sha: await head(world), repo: { full_name: "octo/demo" } } };
    await writeFile(file, JSON.stringify({ pull_request: pull }));
    const env = { GITHUB_EVENT_NAME: "pull_request", GITHUB_EVENT_PATH: file };

    await world.refit("verify", [], {}, { ref: "refs/pull/1/head", env });

    expect(comment()).toContain(sentence);
  });

  it("keeps the sentence that newer data wait beside it", async () => {
    const { world, sentence, comment } = await pushedOver();
    await world.pull();
    world.scene.at("2026-06-20T00:00:00Z");
    await world.scene.land(month(3));

    await world.run();
    await world.refit("promote");

    expect(comment()).toContain(sentence);
    expect(comment()).toContain("**Newer data wait.**");
  });
});
