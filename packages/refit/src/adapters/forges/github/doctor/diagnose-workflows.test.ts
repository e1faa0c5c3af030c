import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { diagnoseWorkflows } from "./diagnose-workflows.ts";
import { githubPipelines } from "../pipelines/index.ts";
import { workflowFiles } from "../pipelines/workflows.ts";

const path = ".github/workflows/w.yml";
const good = `
on: { schedule: [{ cron: "17 3 * * *" }] }
permissions: { contents: write, pull-requests: write, checks: write, issues: write }
jobs:
  run:
    steps:
      - { uses: actions/checkout@v7, with: { fetch-depth: 0 } }
      - { uses: acme/refit@v1 }
`;
const found = (text: string) => diagnoseWorkflows(new Map([[path, parse(text)]])).map(({ what }) => what);

describe("workflows that start refit", () => {
  it.each<[why: string, from: string, to: string, told: RegExp]>([
    ["one commit", "fetch-depth: 0", "fetch-depth: 1", /fetches only one commit/],
    ["the default depth", ", with: { fetch-depth: 0 }", "", /fetches only one commit/],
    ["no permissions", "permissions: {", "unrelated: {", /no `permissions`/],
    [
      "a token that may not push",
      "{ contents: write, ",
      "{ contents: read, ",
      /cannot do its work without contents: write\./,
    ],
    [
      "one that may only read",
      "permissions: {",
      "permissions: read-all\nunrelated: {",
      /work without contents: write, pull-requests: write/,
    ],
    [
      "one without checks and alerts",
      ", checks: write, issues: write",
      "",
      /job summary only without checks: write, issues: write/,
    ],
    ["a full hour", "17 3", "0 3", /full hour/],
    ["a job with the name of the check", "  run:", "  refit:", /^\.github\S+, job refit: .*the job could pass/],
    [
      "a job that is shown under that name",
      "  run:\n",
      "  run:\n    name: refit\n",
      /job run: .*check that refit posts/,
    ],
    ["strangers' code", "on: {", "on: { pull_request_target: {},", /code from forks/],
  ])("%s is told", (_why, from, to, told) => {
    expect(found(good.replace(from, to))).toContainEqual(expect.stringMatching(told));
  });

  it("may lack what another token, or another command, does not need", () => {
    const without = (area: string) => good.replace(`${area}: write`, `${area}: read`);
    const inputs = (text: string) =>
      without("pull-requests").replace("acme/refit@v1", `acme/refit@v1, with: { ${text} }`);

    expect(found(inputs("command: promote"))).toEqual([]);
    expect(found(inputs("command: run"))).toHaveLength(1);
    expect(found(inputs('github-token: "${{ steps.app.outputs.token }}"'))).toEqual([]);
    expect(found(inputs('github-token: "${{ secrets.GITHUB_TOKEN }}"'))).toHaveLength(1);
    expect(found(inputs('command: "${{ inputs.command }}"'))).toEqual([]);
  });

  it("are seen by the command as well", () => {
    expect(
      found(good.replace("uses: acme/refit@v1", "run: npx --no -- refit run").replace("depth: 0", "depth: 2")),
    ).toHaveLength(1);
  });

  it.each([
    ["a good one", good],
    [
      "a matrix whose jobs are shown as more",
      good.replace("  run:\n", "  refit:\n    strategy: { matrix: { a: [1] } }\n"),
    ],
    ["one that does something else", "on: pull_request_target\njobs: { a: { steps: [{ run: npm test }] } }"],
    ["no workflow at all", "[1, 2]"],
    ["an empty file", ""],
  ])("nothing is said of %s", (_why, text) => {
    expect(found(text)).toEqual([]);
  });

  it.each(githubPipelines.kinds)("nothing is said of %s, which init writes", (kind) => {
    const request = {
      kind,
      action: "acme/refit@v1",
      baseBranch: "main",
      dataPaths: [],
      packageManager: "npm" as const,
      attests: false,
      name: "churn",
    };
    for (const text of workflowFiles(request).values()) expect(found(text)).toEqual([]);
  });
});
