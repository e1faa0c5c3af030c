import * as z from "zod";
import { canonicalJson, type Json } from "../digest/canonical-json.ts";
import { refuseNewer } from "../errors/format-errors.ts";
import { LedgerInvalidError } from "../errors/git-errors.ts";
import { parseBySchema } from "../parse-by-schema.ts";
import { addArms, type ArmSums } from "./arm-sums.ts";

/** The highest `format` of a day file that this refit knows. */
const knownFormat = 1;

const count = z.int().nonnegative();
const histogram = z.array(z.tuple([z.int(), count]));
const integers = z.array(z.int());

const sums = z.object({
  rows: count.describe("Answers that count in what follows."),
  unusable: count.describe("Answers that are not finite numbers."),
  losses: z
    .record(
      z.string(),
      z.object({ sum: z.int().describe("Of all answers."), squares: z.int().describe("Of the squares.") }),
    )
    .describe("By metric: the losses of all answers together, and their squares, in units of 2^-20."),
  scores: z.array(histogram).describe("Binary: how many negative and positive answers have each score, by bin."),
  confusion: integers.describe(
    "Classes that came, by classes that were answered; the last row is of classes that no version knows.",
  ),
  errors: histogram.describe("Regression: answer − label, by bin."),
  labels: histogram.describe("Regression: labels, by bin."),
  values: z.record(z.string(), histogram).describe("By metric of the model's own: the numbers of all answers, by bin."),
  evidence: z
    .object({
      rows: count.describe("Answers that both versions gave."),
      difference: z.int().describe("Loss of the canary less that of the champion, in units of 2^-20."),
      squares: z.int().describe("Of its squares, in units of 2^-20."),
      harm: integers.describe("Logarithms of bets that the canary is worse, in units of 2^-30."),
      advance: integers.describe("The same of bets that it is not worse by the margin."),
    })
    .optional()
    .describe("While there is a canary: what both versions' losses on the same answers say."),
});

const armSums = z.object({
  version: z.string().describe("Git tree id of the version whose answer the callers got."),
  arm: z.enum(["champion", "canary"]).nullable().describe("Whose answer that was; `null`: no other version was asked."),
  other: z.string().nullable().describe("Git tree id of the version that was asked besides; `null`: none."),
  arrivals: z
    .object({
      answered: histogram.describe(
        "Answers by bin: of the probability of the second class, the class that was answered, or of the value.",
      ),
      labelled: histogram.describe("The same of those whose label is known."),
      delays: z
        .array(z.tuple([z.int(), histogram]))
        .describe("By class, or by size of a number: how many labels came after each number of whole days."),
    })
    .describe("Of all answers."),
  sums: sums.describe("Of the answers whose label is known."),
});

const dayPart = z.object({
  files: z.array(z.string()).describe("sha256 of the log files that it was made of, sorted."),
  settings: z.string().describe("Digest of the settings by which it was made."),
  answers: count.describe("Answers, each id once."),
  labelled: count.describe("Of these, how many have a label."),
  arms: z.array(armSums).describe("By version and arm."),
});
export type DayPart = z.infer<typeof dayPart>;

/** `production/<model>/<day>.json` on the ledger branch: what is known of the answers of one day (UTC). Counts and sums only. */
export const dayFile = z.object({
  format: z.literal(knownFormat).describe("Of this file."),
  model: z.string().describe("Name of the model."),
  day: z.iso.date().describe("The day of the answers, UTC."),
  parts: z
    .array(dayPart)
    .describe(
      "What monitors found that read different log files. Where two have a file in common, one of them counts.",
    ),
});
export type DayFile = z.infer<typeof dayFile>;

/** The same file gives the same bytes. */
export function dayFileText(file: DayFile): string {
  const parts = file.parts.toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
  return `${canonicalJson({ ...file, parts } as unknown as Json)}\n`;
}

const textOf = (part: DayPart) => canonicalJson(part as unknown as Json);

/** @param path where it is on the ledger branch. @throws FormatNewerError, LedgerInvalidError */
export function readDayFile(path: string, text: string): DayFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new LedgerInvalidError(path, 1, "it is not JSON.", { cause });
  }
  refuseNewer(`${path} on the branch \`refit-ledger\``, value, knownFormat);
  const result = parseBySchema(dayFile, value);
  if (result.success) return result.data;
  const { path: place, message } = result.error.issues[0]!;
  throw new LedgerInvalidError(path, 1, [place.join("."), message].filter(Boolean).join(": "));
}

/**
 * What two monitors know of one day. A part goes where another one was made of all its files and more. Of two that were made of the same files
 * the one that knows more labels stays; where both know as many, or were made by other settings, the later one, which may know that a label was
 * corrected.
 *
 * @param earlier `null`: nothing was known.
 */
export function mergeDayFiles(earlier: DayFile | null, later: DayFile): DayFile {
  if (earlier === null) return { ...later, parts: withoutCovered(later.parts) };
  const kept = earlier.parts.filter((part) => {
    const same = later.parts.find((other) => sameFiles(part, other));
    return same === undefined || (same.settings === part.settings && part.labelled > same.labelled);
  });
  const stronger = (part: DayPart) => !kept.some((other) => sameFiles(part, other));
  return { ...later, parts: withoutCovered([...kept, ...later.parts.filter(stronger)]) };
}

const sameFiles = (a: DayPart, b: DayPart) => a.files.length === b.files.length && isWithin(a, b);

function withoutCovered(parts: readonly DayPart[]): DayPart[] {
  return parts.filter(
    (part) => !parts.some((other) => other.files.length > part.files.length && isWithin(part, other)),
  );
}

function isWithin({ files }: DayPart, other: DayPart): boolean {
  const all = new Set(other.files);
  return files.every((file) => all.has(file));
}

/**
 * The parts that count together: of parts that have a file in common, the one made of more files, then the one that knows more labels, then the
 * one whose text is greater.
 */
export function countedParts({ parts }: DayFile): DayPart[] {
  const ranked = parts.toSorted(
    (a, b) => b.files.length - a.files.length || b.labelled - a.labelled || (textOf(a) < textOf(b) ? 1 : -1),
  );
  const taken = new Set<string>();
  return ranked.filter(({ files }) => {
    if (files.some((file) => taken.has(file))) return false;
    for (const file of files) taken.add(file);
    return true;
  });
}

/** What is known of a day, by version and arm. */
export function armsOfDay(file: DayFile): ArmSums[] {
  return addArms(countedParts(file).flatMap(({ arms }) => arms as ArmSums[]));
}
