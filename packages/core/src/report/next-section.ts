import type { ReportInput } from "./report-input.ts";
import { keepAlways, type Section } from "./section.ts";
import { code, data, strong, say, type Text } from "./text.ts";

/** What the reader can do now. */
export function nextSection(input: Pick<ReportInput, "model" | "branch" | "baseBranch" | "verdict">): Section {
  const { kind } = input.verdict;
  const items = kind === "hold" || kind === "block" ? afterRefusal(input.model) : withProposal(input);
  return { id: "next", title: "What to do", body: [{ kind: "list", items }], keep: keepAlways };
}

function afterRefusal(model: string): Text[] {
  return [
    say`Nothing has to be done: there is nothing to merge, and the champion stays.`,
    say`${strong("Try the same inputs again")}: ${code(`refit run ${model} --force "reason"`)}. Without it, the inputs or the settings must change first.`,
    say`${strong("Move the bar")}: by a commit to ${code("model.yaml")} on the base branch, with a reason that others can read.`,
  ];
}

function withProposal({ model, branch, baseBranch, verdict }: Parameters<typeof nextSection>[0]): Text[] {
  const draft = verdict.kind === "inconclusive" ? " A draft is marked as ready first." : "";
  return [
    say`${strong("Promote")}: merge ${code(branch)} into ${data(baseBranch)}. Any merge mode will do.${draft}`,
    say`${strong("Decline")}: ${code(`refit reject ${model}`)}, or close the pull request. The same inputs are not proposed again.`,
    say`${strong("Roll back later")}: revert the merge, or ${code(`refit rollback ${model}`)}.`,
  ];
}
