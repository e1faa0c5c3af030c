import type { Comparison } from "../judge/comparison.ts";
import { primaryRow } from "../judge/primary-row.ts";
import type { Verdict } from "../judge/verdict.ts";
import { elsewhereClauses, scoredRows } from "./elsewhere.ts";
import { formatNumber } from "./format-number.ts";
import { judgementSection, metricsSection } from "./judgement-sections.ts";
import { keepAlways, paragraph, type Report } from "./section.ts";
import { verdictReasonSentence } from "./sentences.ts";
import { slicesSection } from "./slices-section.ts";
import { say, strong } from "./text.ts";

export interface ImportFacts {
  readonly model: string;
  readonly comparison: Comparison;
  /** What the gates would say of a challenger with these numbers: told, and decides nothing. */
  readonly verdict: Verdict;
  readonly look: number;
  readonly alpha: number;
}

/** What a proposal says that brings the model which is in use, as the first version. */
export function importReport({ model, comparison, verdict, look, alpha }: ImportFacts): Report {
  const row = primaryRow(comparison);
  const { from, to } = comparison.holdout;
  const period = from === null ? "" : ` from ${from.slice(0, 10)} to ${to?.slice(0, 10)}`;
  const value = row?.challenger === undefined ? "is not defined" : formatNumber(row.challenger);
  const next = say`After the merge the candidates of model.yaml are compared with it. No gate decides about an import: the model is in use, whether or not it is imported. The results of the gates are below.`;
  const sections = [
    metricsSection({ comparison, championLabel: null, verdict }, new Map()),
    judgementSection({ verdict, comparison, look, alpha }),
    slicesSection(comparison),
  ];
  return {
    format: 1,
    model,
    headline: {
      verdict: say`${strong(model)}: import of the model that is in use, as the first champion.`,
      number: say`${comparison.primary} ${value} on ${scoredRows(comparison)}${period}.`,
      reason: null,
      objections: [
        ...elsewhereClauses(comparison),
        ...verdict.because.map((reason) => say`a challenger would not be promoted: ${verdictReasonSentence(reason)}`),
      ],
    },
    sections: [
      { id: "next", title: null, body: [paragraph(next)], keep: keepAlways },
      ...sections.filter((section) => section !== null),
    ],
  };
}

/** The commit of an import. Trailers make it readable by machines; nothing depends on them. */
export function importMessage(model: string, from: "onnx" | "predictions", inputDigest: string): string {
  return [
    importTitle(model),
    "",
    `Refit-Model: ${model}`,
    `Refit-Import: ${from}`,
    `Refit-Inputs: ${inputDigest}`,
    "",
  ].join("\n");
}

export const importTitle = (model: string) => `refit(${model}): import the model that is in use`;
