import type { Report } from "@refit/core/report";

/** A report of a headline alone. */
export function reportSaying(words: string): Report {
  const verdict = [{ kind: "strong" as const, text: "churn" }, " promote"];
  return {
    format: 1,
    model: "churn",
    headline: { verdict, number: [words], reason: null, objections: [] },
    sections: [],
  };
}
