import { readFileSync } from "node:fs";
import { join } from "node:path";
import { lintWorkflow, workflowHabits } from "@refit/testkit";
import { beforeAll, describe, expect, it } from "vitest";
import { githubPipelines } from "../../../packages/refit/src/adapters/forges/github/pipelines/index.ts";
import { workflowFiles } from "../../../packages/refit/src/adapters/forges/github/pipelines/workflows.ts";
import { languageService } from "../src/language-service.ts";
import { filesMatching, root } from "../src/repository.ts";

const workflows = filesMatching(/^\.github\/workflows\/.*\.yml$/);

describe("the workflows of this repository", () => {
  it.each(workflows)("$path passes actionlint and keeps our habits", async ({ path, text }) => {
    expect(await lintWorkflow(text, path)).toEqual([]);
    expect(workflowHabits(text)).toEqual([]);
  });

  it("are seen when they are wrong", async () => {
    const text = [
      "on: { schedule: [{ cron: '0 3 * * *' }], pull_request_target: {} }",
      "jobs: { a: { runs-on: ubuntu-latest, needs: b, permissions: write-all, steps: [{ uses: actions/checkout@main }, { uses: ./ }, { run: 'echo ${{ github.head_ref }}' }] } }",
      "",
    ].join("\n");

    expect((await lintWorkflow(text, "x.yml")).join("\n")).toMatch(/needs job "b"/);
    expect(workflowHabits(text)).toEqual([
      "pull_request_target is used",
      "a cron fires at a full hour",
      "job a: no timeout-minutes",
      "job a: no concurrency group",
      "job a: permissions are not named one by one",
      "job a: actions/checkout leaves the token in the workspace",
      "actions/checkout@main is not pinned to a commit, with its tag behind it",
      "job a: an expression inside of `run`; hand it over by `env`",
      "job a: refit without `fetch-depth: 0`",
    ]);
  });
});

describe("GitHub's own language service", () => {
  let problemsOf: Awaited<ReturnType<typeof languageService>>;
  beforeAll(async () => {
    problemsOf = await languageService();
  }, 60_000);

  const actionFile = { path: "action.yml", text: readFileSync(join(root, "action.yml"), "utf8") };
  const request = {
    action: "OWNER/refit@v1",
    baseBranch: "main",
    dataPaths: ["data/**"],
    packageManager: "npm" as const,
    attests: false,
    name: "churn",
  };
  const { kinds, attesting } = githubPipelines;
  const asked = [
    ...kinds.map((kind) => ({ ...request, kind })),
    ...attesting.map((kind) => ({ ...request, kind, attests: true })),
  ];
  const templates = asked.flatMap((each) =>
    [...workflowFiles(each)].map(([path, text]) => ({
      kind: each.attests ? `${each.kind}, attesting` : each.kind,
      path,
      text,
    })),
  );

  it("accepts action.yml", async () => {
    expect(await problemsOf(actionFile)).toEqual([]);
  });

  it("accepts no unknown runtime", async () => {
    const text = actionFile.text.replace("using: node24", "using: node99");

    expect(await problemsOf({ ...actionFile, text })).not.toEqual([]);
  });

  it.each(workflows)("accepts $path", async (file) => {
    expect(await problemsOf(file)).toEqual([]);
  });

  it.each(templates)("accepts the $kind workflow that init writes, with the inputs of action.yml", async (file) => {
    expect(await problemsOf(file)).toEqual([]);
  });

  it.each([
    ["an input", "command: run", "comand: run"],
    ["an expression", "steps.train.outputs", "step.train.outputs"],
    ["a permission", "checks: write", "checks: wriet"],
  ])("sees %s that is misspelt", async (_what, right, wrong) => {
    const { path, text } = templates.find(({ kind }) => kind === "hardened")!;

    expect(await problemsOf({ path, text: text.replaceAll(right, wrong) })).not.toEqual([]);
  });
});
