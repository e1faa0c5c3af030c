import { lintWorkflow, workflowHabits } from "@refit/testkit";
import { describe, expect, it } from "vitest";
import { offMinute, workflowFiles, workflowKinds } from "./workflows.ts";

const request = { action: "OWNER/refit@v1", baseBranch: "trunk", dataPaths: ["data/**"], minute: 17 };

describe("workflows that init writes", () => {
  it.each(workflowKinds)("%s passes actionlint and keeps our habits", async (kind) => {
    for (const [path, text] of workflowFiles({ ...request, kind })) {
      expect(await lintWorkflow(text, path)).toEqual([]);
      expect(workflowHabits(text)).toEqual([]);
      expect(text).toContain('pull_request: { branches: ["trunk"] }');
      expect(text).toContain('push: { branches: ["trunk"], paths: ["models/**", "data-manifests/**", "data/**"] }');
    }
  });

  it("the simple one fits on a screen", () => {
    const [text = ""] = workflowFiles({ ...request, kind: "simple" }).values();

    expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(17);
  });

  it("fires at no full or half hour, and not for everybody at once", () => {
    const minutes = ["a", "churn", "models", "forecast", "fraud"].map(offMinute);

    expect(minutes.every((minute) => minute % 30 >= 5 && minute < 60)).toBe(true);
    expect(new Set(minutes).size).toBeGreaterThan(1);
  });
});
