import type { Report } from "@refit/core/report";
import type { ProposalRequest, ProposedModel } from "../src/ports/forge.ts";

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

/** A proposal of one model, in words that need not say which of them are the model's. */
export type FlatRequest = Omit<ProposalRequest, "models" | "overview"> & ProposedModel;

export function requestFor({ model, inputDigest, report, kept, check, ...request }: FlatRequest): ProposalRequest {
  return { ...request, models: [{ model, inputDigest, report, kept, check }], overview: null };
}
