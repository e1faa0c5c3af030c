import { symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "@refit/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStage, month, openStage, schedule, type Stage } from "./support/stage.ts";

const errors = (end: { commands: readonly { name: string; message: string }[] }) =>
  end.commands.filter(({ name }) => name === "error").map(({ message }) => message);

describe("where nothing is written", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await createStage();
  });
  afterAll(() => stage.close());

  it.each([
    ["an unknown command", { command: "retrian" }, 'There is no command "retrian"; use one of auto, run,'],
    ["a name that is an option", { models: "churn --force=x" }, '"--force=x" in `models` is not a valid model name.'],
    ["a folder outside", { "working-directory": "../.." }, "is outside the workspace"],
    ["a truth that is none", { "dry-run": "perhaps" }, "dry-run"],
  ])("%s ends before anything is done", async (_why, inputs, message) => {
    const end = await stage.act(schedule, { inputs });

    expect(end.exitCode).toBe(1);
    expect(errors(end).join("\n")).toContain(message);
    expect(stage.writes()).toEqual([]);
  });

  it("a run without a token says how to give one", async () => {
    const end = await stage.act(schedule, { inputs: { "github-token": "", command: "run" } });

    expect(end).toMatchObject({ exitCode: 1, outputs: { decision: "failed" } });
    expect(errors(end).join("\n")).toContain("(token-missing)");
    expect(stage.writes()).toEqual([]);
  });

  it("a run in a clone without history says so", async () => {
    const end = await stage.act(schedule, { fetchDepth: 1 });

    expect(end.exitCode).toBe(1);
    expect(errors(end).join("\n")).toContain("fetch-depth: 0");
    expect(stage.writes()).toEqual([]);
  });

  it.each([
    ["a clone without history", { fetchDepth: 1 }, "shallow-clone"],
    ["no token", { inputs: { "github-token": "" } }, "token-missing"],
  ])("what stops promote and the run after it is told once: %s", async (_why, options, code) => {
    const end = await stage.act(schedule, options);

    expect(end.log).toContain("refit promote");
    expect(end.log).toContain("refit run");
    expect(errors(end).join("\n").split(`(${code})`)).toHaveLength(2);
    expect(end.summary.split("**refit stopped**")).toHaveLength(2);
    expect(end.summary).toContain(`/docs/errors/${code}.md`);
  });

  it("a run on pull_request_target is refused", async () => {
    const end = await stage.act({ name: "pull_request_target", payload: {} });

    expect(end.exitCode).toBe(1);
    expect(stage.writes()).toEqual([]);
  });

  it("a dry run has the report", async () => {
    const end = await stage.act(schedule, { inputs: { "dry-run": "true" } });

    expect(end).toMatchObject({ exitCode: 0, outputs: { decision: "proposed", "pull-request-operation": "none" } });
    expect(end.summary).toContain("### Gates and tests");
    expect(stage.writes()).toEqual([]);
  });

  it("a workspace that has refit gets its own", async () => {
    const end = await stage.act(schedule, { inputs: { command: "status" } });

    expect(end.log).toContain("as installed in the workspace");
    expect(stage.writes()).toEqual([]);
  });
});

describe("what a run says", () => {
  it("with a token that may only read names the permission and leaves nothing half-done", async () => {
    const stage = await openStage();

    const end = await stage.act(schedule, { token: stage.hub.tokens.readOnly, inputs: { command: "run" } });

    expect(end.exitCode).toBe(1);
    expect(errors(end).join("\n")).toContain("contents: write");
    expect(stage.hub.rows.issues).toEqual([]);
    expect(await stage.git("ls-remote", "--heads", "origin")).toMatch(/^\S+\trefs\/heads\/main$/);
  });

  it("blocked data: red, annotated, with an alert, and the champion stays", async () => {
    const stage = await openStage();
    const hostile = "::set-output name=x::y";
    await stage.land({
      "data/churn/2026-03.csv": `customer,day,plan,hours,complaints,left\na,${hostile},pro,x,1,true\n`,
    });

    const end = await stage.act(schedule);

    expect(end).toMatchObject({ exitCode: 1, outputs: { decision: "blocked", verdict: "" } });
    expect(end.commands.filter(({ name }) => name === "error")).toContainEqual(
      expect.objectContaining({ properties: expect.objectContaining({ file: "data/churn/2026-03.csv" }) }),
    );
    expect(end.commands.map(({ name }) => name)).not.toContain("set-output");
    expect(stage.hub.rows.issues).toMatchObject([{ title: expect.stringContaining("churn"), state: "open" }]);

    await stage.land(month(3));
    expect(await stage.act(schedule)).toMatchObject({ exitCode: 0 });
    expect(stage.hub.rows.issues[0]).toMatchObject({ state: "closed" });
  });

  it("started by hand: the reason is the person", async () => {
    const stage = await openStage();
    const { payload } = await stage.newest("push");

    const end = await stage.act({ name: "workflow_dispatch", payload });

    expect(end.summary).toContain("started by hand by");
    expect(stage.hub.unknownRoutes).toEqual([]);
  });

  it("a rollback of one model, by dispatch", async () => {
    const stage = await openStage({ live: true });
    await stage.act(await stage.land(month(3)), { inputs: { command: "run" } });
    await stage.hub.person.merge(1);

    const end = await stage.act(
      { name: "workflow_dispatch", payload: {} },
      { inputs: { command: "rollback", models: "churn@v1" } },
    );

    expect(end.outputs).toMatchObject({ decision: "proposed", "pull-request-number": "2" });
  });
});

describe("where refit comes from", () => {
  it("a workspace without it gets the one that the action carries, installed once", async () => {
    const stage = await openStage({ refit: "carried" });

    const end = await stage.act(schedule, { inputs: { command: "status" } });

    expect(end.log).toContain("as built into the action");
    expect(end).toMatchObject({ exitCode: 0, outputs: { models: '["churn"]' } });
    expect(await stage.act(schedule)).toMatchObject({ exitCode: 0, outputs: { decision: "proposed" } });
  });

  it("an installation that fails is told in the log, the outputs and the summary, and nothing is written", async () => {
    const stage = await openStage({ refit: "carried" });
    const folder = await temporaryFolder();
    await writeFile(
      path.join(folder, "npm-cli.js"),
      `console.error("npm error code ENOTFOUND"); process.exitCode = 1;`,
    );
    await symlink("npm-cli.js", path.join(folder, "npm"));

    const end = await stage.act(schedule, {
      env: { PATH: `${folder}:${process.env["PATH"]}`, RUNNER_TOOL_CACHE: path.join(folder, "tools") },
    });

    const said = "The packages that refit needs could not be installed: code ENOTFOUND.";
    expect(end).toMatchObject({
      exitCode: 1,
      outputs: { decision: "failed", models: "[]", "pull-request-operation": "none", verdict: "", "report-path": "" },
    });
    expect(errors(end)).toEqual([expect.stringContaining(`${said} Run the job again; `)]);
    expect(end.summary).toMatch(/could not be installed.*ENOTFOUND[^]*What to do: .*Run the job again/);
    expect(stage.writes()).toEqual([]);
  });
});
