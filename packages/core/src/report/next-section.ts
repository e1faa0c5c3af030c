import { acceptanceOf } from "../data/acceptance.ts";
import { exclusionOf } from "../data/exclusion.ts";
import type { ReportInput } from "./report-input.ts";
import { keepAlways, type Section } from "./section.ts";
import { code, data, sentenceOf, strong, say, type Text } from "./text.ts";

/** What the reader can do now. */
export function nextSection(
  input: Pick<ReportInput, "model" | "specFile" | "branch" | "baseBranch" | "verdict">,
): Section {
  const { kind } = input.verdict;
  const items = kind === "hold" || kind === "block" ? afterRefusal(input) : withProposal(input);
  return { id: "next", title: "What to do", body: [{ kind: "list", items }], keep: keepAlways };
}

function afterRefusal({ model, specFile, verdict: { because } }: Parameters<typeof nextSection>[0]): Text[] {
  const findings = because.filter((reason) => reason.kind === "finding");
  const exclusion = exclusionOf(findings);
  const accepting = findings.flatMap((found) => acceptanceOf(model, found) ?? []);
  return [
    say`Nothing to do: there is nothing to merge, and what is live has not changed.`,
    say`${strong("Try the same inputs again")}: ${code(`refit run ${model} --force "reason"`)}. Otherwise the inputs or the settings must change first.`,
    ...(exclusion === null
      ? []
      : [
          say`${strong("Leave out what is known only after the outcome")}: ${data(exclusion)} under ${code("features")} in ${code(specFile)}, and commit.`,
        ]),
    ...accepting.map(({ yaml, command }) => {
      const how = command ?? `- ${yaml} under checks.accept of the data manifest`;
      return say`${strong("Accept a finding that is right")}: ${sentenceOf(how)}, and commit.`;
    }),
    say`${strong("Change the gates")}: with a commit to ${code(specFile)} on the base branch, with a reason that others can read.`,
  ];
}

function withProposal({ model, branch, baseBranch, verdict }: Parameters<typeof nextSection>[0]): Text[] {
  const draft = verdict.kind === "inconclusive" ? " On GitHub, mark the draft as ready first." : "";
  return [
    say`${strong("Promote")}: merge ${code(branch)} into ${data(baseBranch)}. Any merge mode works.${draft}`,
    say`${strong("Decline")}: ${code(`refit reject ${model}`)}; on GitHub, closing the pull request does the same. The same inputs are not proposed again.`,
    say`${strong("Roll back later")}: revert the merge, or ${code(`refit rollback ${model}`)}.`,
  ];
}
