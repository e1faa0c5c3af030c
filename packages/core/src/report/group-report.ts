import type { Comparison } from "../judge/comparison.ts";
import { primaryRow } from "../judge/primary-row.ts";
import type { Verdict } from "../judge/verdict.ts";
import { scoredRows } from "./elsewhere.ts";
import { cell, table } from "./markdown.ts";
import { counted, intervalText, number, optionalSigned } from "./number-text.ts";

/** One model of a proposal that brings several, with what was measured of it. */
export interface GroupReportMember {
  readonly model: string;
  readonly verdict: Verdict["kind"];
  readonly comparison: Comparison;
  readonly inputDigest: string;
}

export interface GroupReportInput {
  readonly group: string;
  /** Those that are proposed. */
  readonly members: readonly GroupReportMember[];
  /** Those whose inputs are those of their champion. */
  readonly unchanged: readonly string[];
}

export function groupTitle({ group, members }: GroupReportInput): string {
  return `refit(${group}): new versions of ${members.map(({ model }) => model).join(", ")}`;
}

/** The commit that brings all of them. Trailers make it readable by machines; nothing depends on them. */
export function groupMessage(input: GroupReportInput): string {
  const { group, members } = input;
  const numbers = members.map(({ model, comparison }) => {
    const { champion, challenger } = primaryRow(comparison) ?? {};
    const before = champion === undefined ? "" : `${number(champion)} → `;
    return `${model}: ${comparison.primary} ${before}${number(challenger)} on ${scoredRows(comparison)}.`;
  });
  const trailers = members.flatMap(({ model, verdict, inputDigest }) => [
    `Refit-Model: ${model}`,
    `Refit-Verdict: ${verdict}`,
    `Refit-Inputs: ${inputDigest}`,
  ]);
  return [groupTitle(input), "", ...numbers, "", `Refit-Group: ${group}`, ...trailers, ""].join("\n");
}

/** What stands above the reports of its models, as Markdown. */
export function groupOverview({ group, members, unchanged }: GroupReportInput): string {
  const rows = members.map(({ model, verdict, comparison }) => {
    const { metric, before, after, change } = primaryWords(comparison);
    return [cell(model), verdict, metric, before, after, change];
  });
  const head = ["model", "verdict", "metric", "champion", "challenger", "better by (90 % interval)"];
  const undecided = members.some(({ verdict }) => verdict === "inconclusive");
  return [
    `The models of the group ${cell(group)} move together: merging promotes ${members.length === 1 ? "one version" : `${members.length} versions`} at once. To go back on all of them, revert the merge; \`refit rollback MODEL\` takes back one.`,
    table(head, rows),
    ...(undecided ? ["Undecided for at least one of them, so this is a draft: a person may merge it."] : []),
    ...(unchanged.length > 0
      ? [
          `Nothing has changed for ${unchanged.map(cell).join(", ")} since the champion was trained, so ${counted(unchanged.length, "model")} of the group ${unchanged.length === 1 ? "stays" : "stay"} as before.`,
        ]
      : []),
    "",
  ].join("\n\n");
}

function primaryWords(comparison: Comparison) {
  const row = primaryRow(comparison);
  return {
    metric: cell(comparison.primary),
    before: number(row?.champion),
    after: number(row?.challenger),
    change: row === undefined ? "–" : `${optionalSigned(row.improvement)}${intervalText(row)}`,
  };
}
