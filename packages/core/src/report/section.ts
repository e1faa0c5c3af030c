import type { Text } from "./text.ts";

/** What a section is made of. A renderer leaves out a kind that it does not know. */
export type Block =
  | { readonly kind: "paragraph"; readonly text: Text }
  | { readonly kind: "list"; readonly items: readonly Text[] }
  | { readonly kind: "table"; readonly head: readonly Text[]; readonly rows: readonly (readonly Text[])[] }
  /** Sentences that are set apart from the rest, each a line. */
  | { readonly kind: "notice"; readonly lines: readonly Text[] }
  /** A picture in a file beside the report. `words` says the same numbers. */
  | { readonly kind: "chart"; readonly file: string; readonly words: Text };

/** What is folded until a reader opens it. */
export interface Details {
  readonly kind: "details";
  readonly summary: Text;
  readonly blocks: readonly Block[];
}

/** By which sections are found, in the order in which a report has them; a heading is only for people. */
export const sectionIds = [
  "notices",
  "comparison",
  "gates",
  "slices",
  "fairness",
  /** Confusion matrix and curves, or residuals. */
  "answers",
  "calibration",
  "reliance",
  "data",
  "inputs",
  "training",
  "earlier",
  "computation",
  "next",
  /** Of a rollback: what is restored. */
  "restored",
  /** Of a move of a canary. */
  "canary",
  /** What another version answers to logged rows; it is made apart from the report. */
  "shadow",
  /** Of a version, for whoever has to account for it. */
  "approvals",
  "changes",
  "lineage",
  "retention",
  /** Of a replay of the past. */
  "choice",
  "check",
  "recommended",
  "search",
] as const;
export type SectionId = (typeof sectionIds)[number];

export interface Section {
  readonly id: SectionId;
  /** `null`: it stands below the headline without a heading. */
  readonly title: string | null;
  readonly body: readonly (Block | Details)[];
  /** Where there is too little room, the section with the smallest number goes first; from `keepAlways` on none goes. */
  readonly keep: number;
}

export const keepAlways = 100;

/** What everybody reads: never left out. */
export interface Headline {
  readonly verdict: Text;
  /** The one number that matters; `null`: nothing was measured. */
  readonly number: Text | null;
  /** Why there is a new model at all; `null`: the verdict says it. */
  readonly reason: Text | null;
  /** What speaks against it. */
  readonly objections: readonly Text[];
}

/** The evidence for one decision about a model, for people. `report.json` on the ledger branch is this, as it is. */
export interface Report {
  readonly format: 1;
  readonly model: string;
  readonly headline: Headline;
  readonly sections: readonly Section[];
}

export function paragraph(sentence: Text): Block {
  return { kind: "paragraph", text: sentence };
}

/** A cell that is one of our own words may be given as a string. */
export function tableOf(
  head: readonly (string | Text)[],
  rows: readonly (readonly (string | Text)[])[],
): Extract<Block, { kind: "table" }> {
  return { kind: "table", head: head.map(asText), rows: rows.map((cells) => cells.map(asText)) };
}

function asText(words: string | Text): Text {
  return typeof words === "string" ? (words === "" ? [] : [words]) : words;
}

/** Names of the picture files that a report shows. */
export function chartFiles({ sections }: Report): string[] {
  const blocks = sections
    .flatMap(({ body }) => body)
    .flatMap((block) => (block.kind === "details" ? block.blocks : block));
  return blocks.flatMap((block) => (block.kind === "chart" ? [block.file] : []));
}

/** The report without its evidence: the headline, and what is always kept. */
export function essentials(report: Report): Report {
  return { ...report, sections: report.sections.filter(({ keep }) => keep >= keepAlways) };
}
