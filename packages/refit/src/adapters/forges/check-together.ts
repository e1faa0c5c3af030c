import type { ProposalRequest, ProposedModel } from "../../ports/forge.ts";

/** From the one that decides. */
const conclusions = ["failure", "neutral", "success"] as const;

/** What is said of a proposal as a whole: as bad as the worst of its models. */
export function checkTogether({ models }: Pick<ProposalRequest, "models">): ProposedModel["check"] {
  const conclusion = conclusions.find((one) => models.some(({ check }) => check.conclusion === one)) ?? "failure";
  return { conclusion, summary: models.map(({ check }) => check.summary).join("\n\n") };
}
