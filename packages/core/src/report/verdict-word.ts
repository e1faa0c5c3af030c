import type { Verdict } from "../judge/verdict.ts";

/** The word that people read for each verdict; JSON, outputs and commit trailers keep the code. */
export const verdictWord = {
  promote: "promote",
  inconclusive: "inconclusive",
  hold: "rejected",
  block: "blocked",
} as const satisfies Readonly<Record<Verdict["kind"], string>>;
