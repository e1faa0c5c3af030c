import { ForgePermissionError } from "@refit/core/errors";
import { describe, expect, it } from "vitest";
import type { Checks } from "./check.ts";
import type { Client } from "./client.ts";
import { answerForOthers, readRequiredChecks, requiredModels } from "./required-checks.ts";

interface Rules {
  readonly isProtected?: boolean;
  /** Of the older branch protection. */
  readonly classic?: { readonly enforcement_level: string; readonly contexts: readonly string[] };
  readonly rules?: readonly object[];
  readonly refused?: Error;
}

/** What GitHub says of a branch, and how often it was asked. */
function github({ isProtected = true, classic, rules = [], refused }: Rules) {
  const asked: string[] = [];
  const notices: string[] = [];
  const client = {
    here: { owner: "octo", repo: "demo" },
    rest: {
      repos: {
        async getBranch({ branch }: { readonly branch: string }) {
          asked.push(branch);
          return { data: { protected: isProtected, protection: { required_status_checks: classic } } };
        },
        getBranchRules: "rules",
      },
    },
    paginate: async () => rules,
    async ask(_request: object, work: () => Promise<unknown>) {
      if (refused !== undefined) throw refused;
      return work();
    },
    notice: (sentence: string) => void notices.push(sentence),
  } as unknown as Client;
  return { client, asked, notices };
}

const ruleOf = (...names: string[]) => ({
  type: "required_status_checks",
  parameters: { required_status_checks: names.map((context) => ({ context })) },
});
const classicOf = (enforcement_level: string, ...contexts: string[]) => ({ enforcement_level, contexts });

describe("required checks", () => {
  it.each<[why: string, rules: Rules, names: string[]]>([
    ["an open branch", { isProtected: false, classic: classicOf("everyone", "refit") }, []],
    ["a ruleset", { rules: [ruleOf("refit", "tests")] }, ["refit", "tests"]],
    ["branch protection", { classic: classicOf("everyone", "refit") }, ["refit"]],
    ["branch protection that is switched off", { classic: classicOf("off", "refit") }, []],
    ["both", { rules: [ruleOf("a")], classic: classicOf("non_admins", "b") }, ["a", "b"]],
    ["rules of another kind", { rules: [{ type: "pull_request" }, { type: "required_status_checks" }] }, []],
  ])("of %s", async (_why, rules, names) => {
    expect(await readRequiredChecks(github(rules).client, "main")).toEqual(names);
  });

  it("name models by their own names only, each once, and are asked for once for each branch", async () => {
    const names = [
      "refit",
      "refit / churn",
      "refit / churn",
      "refit / eu/fraud",
      "refit / Not a model",
      "my refit / a",
    ];
    const { client, asked } = github({ rules: [ruleOf(...names, "refit / a\nb", "refit / eu/../x")] });
    const required = requiredModels(client);

    for (const branch of ["main", "main", "next"]) expect(await required(branch)).toEqual(["churn", "eu/fraud"]);
    expect(asked).toEqual(["main", "next"]);
  });

  it("that may not be read are of no model, which is told once; another failure is one", async () => {
    const refused = new ForgePermissionError("contents: read", "Resource not accessible by integration");
    const { client, notices } = github({ refused });
    const required = requiredModels(client);

    for (const _again of [1, 2]) expect(await required("main")).toEqual([]);
    expect(notices).toEqual([`Required checks of other models are not answered: ${refused.message}`]);
    await expect(requiredModels(github({ refused: new Error("no") }).client)("main")).rejects.toThrow("no");
  });
});

describe("answers for models that a proposal does not change", () => {
  it.each([
    [["churn"], ["churn", "fraud", "upside"], ["fraud", "upside"]],
    [["churn", "fraud"], ["churn", "fraud"], []],
    [["churn"], [], []],
  ])("of %j where %j are required", async (models, required, answered) => {
    for (const isWritten of [true, false]) {
      const ensured: unknown[] = [];
      const ensure: Checks["ensure"] = async (check) => {
        ensured.push([check.model, check.conclusion, check.head, check.inputDigest]);
        return isWritten;
      };

      const isChanged = await answerForOthers({ ensure } as Checks, { models, head: "c0ffee" }, required);

      expect(ensured).toEqual(answered.map((model) => [model, "success", "c0ffee", null]));
      expect(isChanged).toBe(isWritten && answered.length > 0);
    }
  });
});
