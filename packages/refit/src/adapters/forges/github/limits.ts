import type { ForgeLimits } from "../../../ports/forge.ts";

/** GitHub takes 65,536 UTF-16 units in a body or a comment. */
export const mostCharacters = 60_000;
export const limits: ForgeLimits = {
  warnFileMiB: 50,
  mostFileMiB: 100,
  rule: "GitHub warns above 50 MiB and refuses files above 100 MiB",
  dashboardCharacters: mostCharacters,
};

/** A report is not cut below this. */
export const leastCharacters = 1_500;
/** GitHub takes 65,535 characters in the summary of a check. */
export const longestSummary = 60_000;
/** Of a commit status. */
export const longestDescription = 140;
