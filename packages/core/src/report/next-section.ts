import { acceptanceOf } from "../data/acceptance.ts";
import { exclusionOf } from "../data/exclusion.ts";
import type { ReportInput } from "./report-input.ts";
import { keepAlways, type Section } from "./section.ts";
import { code, data, sentenceOf, strong, say, type Text } from "./text.ts";

/** What the reader can do now. */
export function nextSection(
  input: Pick<ReportInput, "model" | "specFile" | "branch" | "baseBranch" | "canary" | "championLabel" | "verdict">,
): Section {
  const { kind } = input.verdict;
  const items = kind === "hold" || kind === "block" ? afterRefusal(input) : withProposal(input);
  return { id: "next", title: "What to do", body: [{ kind: "list", items }], keep: keepAlways };
}

function afterRefusal({
  model,
  specFile,
  championLabel,
  verdict: { kind, because },
}: Parameters<typeof nextSection>[0]): Text[] {
  const findings = because.filter((reason) => reason.kind === "finding");
  const exclusion = exclusionOf(findings);
  const accepting = findings.flatMap((found) => acceptanceOf(model, found) ?? []);
  return [
    say`There is nothing to merge, and ${championLabel === null ? "there is still no champion" : "what is live has not changed"}. Unless you want another result, you are done.`,
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
    // No gate can be lowered below what blocks.
    ...(kind === "block" && !because.some((reason) => reason.kind === "no-gate")
      ? []
      : [
          say`${strong("Change the gates")}: commit the change of ${code(specFile)} to the base branch, and say why in the commit message.`,
        ]),
  ];
}

function withProposal({ model, branch, baseBranch, canary, verdict }: Parameters<typeof nextSection>[0]): Text[] {
  const draft = verdict.kind === "inconclusive" ? " On GitHub, mark the draft as ready first." : "";
  return [
    say`${strong(canary ? "Start the canary" : "Promote")}: merge ${code(branch)} into ${data(baseBranch)}. Any merge mode works.${draft}`,
    say`${strong("Decline")}: ${code(`refit reject ${model}`)}; on GitHub, closing the pull request does the same. The same inputs are not proposed again.`,
    canary
      ? say`${strong("Later")}: ${code(`refit canary ${model}`)} shows it, and proposes its next step, its promotion or its stop. Reverting the merge stops it.`
      : say`${strong("Roll back later")}: revert the merge, or ${code(`refit rollback ${model}`)}.`,
  ];
}
