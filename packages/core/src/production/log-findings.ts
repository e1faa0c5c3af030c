import { type FindingCode, finding } from "../data/finding-codes.ts";
import type { Finding } from "../data/finding.ts";
import { counted } from "../report/number-text.ts";

/** What was odd in a log and its labels, as counts. Those of what was read this time only, apart from labels, which are all read. */
export interface LogOddities {
  /** Lines that were cut short, are not JSON, or lack what a line must have. */
  readonly damagedLines: number;
  /** Lines that a newer refit has written. */
  readonly newerLines: number;
  /** Lines of other models in the model's folder. */
  readonly foreignLines: number;
  /** Lines with the id of another one of the day. */
  readonly repeatedIds: number;
  /** Answers of versions that the repository does not have. */
  readonly unknownVersions: number;
  /** Answers that cannot be those of their version. */
  readonly unfitAnswers: number;
  /** Labels that are not a class of the version that they are about. */
  readonly unknownClasses: number;
  readonly duplicateLabels: number;
  readonly conflictingLabels: number;
  readonly unmatchedLabels: number;
  readonly earlyLabels: number;
}

/** By kind: the code, and the sentence for a number of them. */
const words: { readonly [K in keyof LogOddities]: readonly [FindingCode, (count: number) => string] } = {
  damagedLines: [
    "log-damaged",
    (n) => `${counted(n, "line")} of the log cannot be read: cut short, not JSON, or without a required field.`,
  ],
  newerLines: [
    "log-newer",
    (n) =>
      `${counted(n, "line")} of the log have a newer format than this refit reads. They stay in the log and are not counted.`,
  ],
  foreignLines: ["log-foreign", (n) => `${counted(n, "line")} in the folder of this model are about another model.`],
  repeatedIds: [
    "log-repeated-id",
    (n) => `${counted(n, "line")} have the id of an earlier answer of the same day; the earliest counts.`,
  ],
  unknownVersions: [
    "log-unknown-version",
    (n) => `${counted(n, "answer")} are of a version that this repository does not have.`,
  ],
  unfitAnswers: [
    "log-unfit",
    (n) => `${counted(n, "answer")} do not have the classes or the kind of value that their version has.`,
  ],
  unknownClasses: [
    "label-unknown-class",
    (n) => `${counted(n, "label")} have a value that is not a class of the version that answered.`,
  ],
  duplicateLabels: [
    "label-duplicate",
    (n) => `${counted(n, "label")} are about an answer that has another label; the newest counts.`,
  ],
  conflictingLabels: [
    "label-conflict",
    (n) => `${counted(n, "answer")} have labels with different values; the newest counts.`,
  ],
  unmatchedLabels: ["label-unmatched", (n) => `${counted(n, "label")} are about no answer of the log.`],
  earlyLabels: [
    "label-early",
    (n) => `${counted(n, "label")} became known before the answer was given, and do not count.`,
  ],
};

/** One finding for each kind that there is. */
export function logFindings(found: LogOddities): Finding[] {
  return (Object.keys(words) as (keyof LogOddities)[]).flatMap((kind) => {
    const [code, sentence] = words[kind];
    return found[kind] === 0 ? [] : [finding(code, { count: found[kind] }, sentence(found[kind]))];
  });
}
