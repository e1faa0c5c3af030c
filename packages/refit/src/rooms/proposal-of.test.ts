import { firstModel } from "../../../core/src/judge/comparison.fixture.ts";
import { describe, expect, it } from "vitest";
import type { Context } from "../products/context.ts";
import { proposalOf, type ProposedVersion } from "./proposal-of.ts";

const version = (model: string, change: Partial<ProposedVersion> = {}): ProposedVersion => ({
  shown: {
    model,
    isUndecided: false,
    approvals: 0,
    inputDigest: "aa",
    report: {
      format: 1,
      model,
      headline: { verdict: [], number: null, reason: null, objections: [] },
      sections: [],
    },
  },
  told: { model, verdict: "promote", comparison: firstModel, inputDigest: "aa" },
  files: new Map([["model.json", new TextEncoder().encode(model)]]),
  title: `refit(${model}): first model`,
  message: `refit(${model}): first model\n\nRefit-Model: ${model}\n`,
  canary: null,
  endsCanary: false,
  mayMergeItself: true,
  reviewers: ["ada"],
  ...change,
});

const context = { branch: "refit-group--shop", repository: {}, sharedHead: null } as unknown as Context;
const other = (merge: "auto" | "review") =>
  ({ request: { model: "upsell" }, spec: { merge } }) as unknown as Pick<Context, "request" | "spec">;

describe("the proposal of a group", () => {
  it("has the folders of all in one commit, and asks each reviewer once", () => {
    const versions = [version("churn"), version("eu/fraud", { reviewers: ["ada", "acme/risk"] })];

    const { commit, shown } = proposalOf(context, versions, { name: "shop", unchanged: [] });

    expect([...commit.contents.keys()]).toEqual(["models/churn/champion", "models/eu/fraud/champion"]);
    expect(commit.message).toContain("Refit-Group: shop");
    expect(shown).toMatchObject({ branch: "refit-group--shop", reviewers: ["ada", "acme/risk"] });
    expect(shown.overview).toContain("eu/fraud");
  });

  it.each<[why: string, versions: ProposedVersion[], unchanged: ("auto" | "review")[], isMerged: boolean]>([
    ["where each may", [version("a"), version("b")], [], true],
    ["also beside one that stays as it is", [version("a")], ["auto"], true],
    ["not where one may not", [version("a"), version("b", { mayMergeItself: false })], [], false],
    ["not where one that stays as it is wants a person", [version("a")], ["auto", "review"], false],
  ])("may be merged by itself %s", (_why, versions, unchanged, isMerged) => {
    const group = { name: "shop", unchanged: unchanged.map(other) };

    expect(proposalOf(context, versions, group).shown.autoMerge).toBe(isMerged);
  });

  it("of one model by itself is what it was", () => {
    const { commit, shown } = proposalOf({ ...context, branch: "refit--churn" }, [version("churn")], null);

    expect(commit.message).toBe("refit(churn): first model\n\nRefit-Model: churn\n");
    expect(shown).toMatchObject({ overview: null, title: "refit(churn): first model", autoMerge: true });
  });
});
