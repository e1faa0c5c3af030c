import * as z from "zod";
import { FormatNewerError } from "../errors/format-errors.ts";
import type { Report } from "./section.ts";

/** A kind that this refit does not know is kept, and shown as far as it can be; one that it knows has to be whole. */
function unknownKind(known: readonly string[]) {
  return z.looseObject({ kind: z.string().refine((kind) => !known.includes(kind)) });
}

const piece = z
  .union([
    z.string(),
    z.looseObject({ kind: z.enum(["data", "sentence", "code", "strong"]), text: z.string() }),
    z.looseObject({ kind: z.literal("break") }),
    unknownKind(["data", "sentence", "code", "strong", "break"]),
  ])
  .meta({
    id: "Piece",
    description:
      "A part of a sentence. A string is refit's own words, without any markup; `data` is a value from data or from people and must be escaped for its place; `sentence` is a sentence of refit with such values in it, which must be escaped, too; `code` is a name or a command; `strong` is emphasised; `break` is a new line.",
  });
const text = z.array(piece).meta({ id: "Text", description: "A sentence, or what stands in a cell." });

const blocks = [
  z.looseObject({ kind: z.literal("paragraph"), text }),
  z.looseObject({ kind: z.literal("list"), items: z.array(text) }),
  z.looseObject({ kind: z.literal("table"), head: z.array(text), rows: z.array(z.array(text)) }),
  z
    .looseObject({ kind: z.literal("notice"), lines: z.array(text) })
    .describe("Sentences that are set apart from the rest, each a line."),
  z
    .looseObject({ kind: z.literal("chart"), file: z.string(), words: text })
    .describe("A picture in a file beside the report; `words` says the same numbers."),
] as const;
const unknownBlock = unknownKind(["paragraph", "list", "table", "notice", "chart", "details"]);
const details = z
  .looseObject({ kind: z.literal("details"), summary: text, blocks: z.array(z.union([...blocks, unknownBlock])) })
  .describe("What is folded until a reader opens it.");

/** A block of today. */
export const knownBlock = z.union([...blocks, details]);

const section = z.looseObject({
  id: z.string().describe("By which the section is found; it stays when the heading changes."),
  title: z.string().nullable().describe("The heading; `null`: the section stands below the headline without one."),
  body: z.array(z.union([knownBlock, unknownBlock])),
  keep: z
    .number()
    .describe(
      "If the report is too long, the section with the smallest number is left out first; from 100 on it never is.",
    ),
});

const headline = z.looseObject({
  verdict: text,
  number: text.nullable().describe("The one number that matters; `null`: nothing was measured."),
  reason: text.nullable().describe("Why there is a new model; `null`: the verdict says it."),
  objections: z.array(text).describe("What speaks against it."),
});

const knownFormat = 1;

/** `report.json` on the ledger branch. Keys and kinds that are not known here pass. */
export const storedReport = z.looseObject({
  format: z.literal(knownFormat).describe("Higher numbers are of a newer refit, which older ones cannot read."),
  model: z.string(),
  headline,
  sections: z.array(section),
});

/**
 * @param file where it lies, for the error.
 * @returns `null` for what is not a report.
 * @throws FormatNewerError
 */
export function parseReport(file: string, json: string): Report | null {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return null;
  }
  const format = (value as { format?: unknown } | null)?.format;
  if (typeof format === "number" && format > knownFormat) throw new FormatNewerError(file, format, knownFormat);
  const result = storedReport.safeParse(value);
  // Kinds of tomorrow are in it too; every renderer has a default for them.
  return result.success ? (result.data as unknown as Report) : null;
}
