import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { githubPipelines } from "../pipelines/index.ts";
import { workflowFiles } from "../pipelines/workflows.ts";
import { diagnoseDashboard } from "./diagnose-dashboard.ts";

const request = {
  action: "OWNER/refit@v1",
  baseBranch: "main",
  dataPaths: ["data/**"],
  packageManager: "npm" as const,
  attests: false,
  name: "churn",
};
const textOf = (kind: string, dashboard: boolean) => [...workflowFiles({ ...request, kind, dashboard }).values()][0]!;
const found = (text: string) => diagnoseDashboard(new Map([["w.yml", parse(text)]])).map(({ what }) => what);

describe("a dashboard that refit.yaml asks for", () => {
  it.each(githubPipelines.kinds)("lacks nothing in the %s workflow that init writes for it", (kind) => {
    expect(found(textOf(kind, true))).toEqual([]);
  });

  it.each(githubPipelines.kinds)("lacks the trigger in the %s one that was written before", (kind) => {
    expect(found(textOf(kind, false))).toEqual([
      "w.yml: a ticked box of the dashboard starts nothing, because no workflow with refit listens to edited issues.",
    ]);
  });

  it.each([
    ["of another activity", "types: [edited]", "types: [opened]", /starts nothing/],
    [
      "without the permission",
      ", issues: write",
      "",
      /^w\.yml, job run: the dashboard is not written without issues: write\.$/,
    ],
  ])("is told of a trigger %s", (_why, from, to, told) => {
    expect(found(textOf("simple", true).replace(from, to))).toEqual([expect.stringMatching(told)]);
  });

  it("takes a trigger for all activities, and looks at workflows with refit alone", () => {
    const all = textOf("simple", true).replace("issues: { types: [edited] }", "issues:");

    expect(found(all)).toEqual([]);
    expect(found("on: push\njobs: { test: { steps: [{ run: npm test }] } }")).toEqual([]);
  });
});
