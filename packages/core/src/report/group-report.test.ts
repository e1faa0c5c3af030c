import { describe, expect, it } from "vitest";
import { firstModel, refresh, row } from "../judge/comparison.fixture.ts";
import { groupMessage, groupOverview, type GroupReportInput, groupTitle } from "./group-report.ts";

const better = { ...row("rocAuc", 0.7, 0.75, 0.05), interval: [0.02, 0.08] as const };
const input: GroupReportInput = {
  group: "shop",
  members: [
    { model: "churn", verdict: "promote", comparison: { ...refresh, metrics: [better] }, inputDigest: "aa" },
    { model: "eu/fraud", verdict: "inconclusive", comparison: firstModel, inputDigest: "bb" },
  ],
  unchanged: ["upsell"],
};

describe("what is said of a group of models", () => {
  it("is a table with verdict and number of each, whoever stays as it is, and how to go back", () => {
    const lines = groupOverview(input).split("\n");

    const cells = lines.filter((line) => line.startsWith("| <code>"));
    expect(cells[0]).toBe(
      "| <code>churn</code> | promote | <code>rocAuc</code> | 0.7000 | 0.7500 | +0.0500 (+0.0200 to +0.0800) |",
    );
    expect(cells[1]).toMatch(
      /^\| <code>eu\/fraud<\/code> \| inconclusive \| <code>rocAuc<\/code> \| – \| 0\.\d+ \| – \|$/,
    );
    expect(lines.join(" ")).toMatch(
      /merging promotes 2 versions at once.*revert the merge.*refit rollback MODEL.*this is a draft.*Nothing has changed for <code>upsell<\/code>.*so 1 model of the group stays as before/,
    );
  });

  it("says nothing of drafts or of others where there are none", () => {
    const decided = { ...input, members: input.members.slice(0, 1), unchanged: [] };

    expect(groupOverview(decided)).not.toMatch(/draft|Nothing has changed/);
    expect(groupOverview(decided)).toContain("merging promotes one version at once");
  });

  it("is a commit with trailers for each", () => {
    const message = groupMessage(input);

    expect(groupTitle(input)).toBe("refit(shop): new versions of churn, eu/fraud");
    expect(message.split("\n")[0]).toBe(groupTitle(input));
    expect(message).toMatch(/\nchurn: rocAuc 0\.7000 → 0\.7500 on 500 unseen rows\.\neu\/fraud: rocAuc 0\.7200 on /);
    expect(message.split("\n\n").at(-1)).toBe(
      [
        "Refit-Group: shop",
        "Refit-Model: churn",
        "Refit-Verdict: promote",
        "Refit-Inputs: aa",
        "Refit-Model: eu/fraud",
        "Refit-Verdict: inconclusive",
        "Refit-Inputs: bb",
        "",
      ].join("\n"),
    );
  });
});
