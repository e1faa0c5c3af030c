import * as z from "zod";
import { canonicalJson } from "../digest/canonical-json.ts";
import type { Sha256 } from "../digest/input-digest.ts";
import { CandidatesInvalidError } from "../errors/handover-errors.ts";
import { refuseNewer } from "../errors/format-errors.ts";
import { knownFormat } from "../lineage/known-format.ts";

/** Of the folder that is handed over: everything else in it is an artifact, below its model's name. */
export const handOverFile = "candidates.json";

/** What is trained for one model, each an artifact in a folder of its name below the model's: see `Training` of the shell. */
export const handedOverParts = ["challenger", "procedure", "shipped"] as const;
export type HandedOverPart = (typeof handedOverParts)[number];

/** Limits of what is read from another job, which may have been taken over by the code that it trains with. */
export const handOverLimits = { files: 10_000, fileBytes: 1_073_741_824, indexBytes: 16_777_216 } as const;

const handedOverModel = z
  .object({
    model: z.string(),
    inputDigest: z.string(),
    /** Tree id of the champion that it shall be compared with; `null`: none. */
    parent: z.string().nullable(),
    /** One for each of `candidates` in the spec, in that order: the settings are read from the spec. */
    candidates: z
      .array(
        z.object({
          validation: z.number().nullable(),
          /** Whether its answers to the validation rows differ; an older refit did not say. */
          learned: z.boolean().default(true),
          bytes: z.int().min(0),
          seconds: z.number().min(0),
          /** Why it was not trained, as a sentence; absent: it was. */
          failure: z.string().optional(),
          /** What a search has found, in short; absent: it was none, or an older refit did not say. */
          found: z.string().max(10_000).optional(),
        }),
      )
      .min(1),
    /** Index of the one that did best. */
    chosen: z.int().min(0),
    /** The challenger's primary metric on rows that it was trained on; `null` where it does not exist. */
    training: z.number().nullable(),
    /** `false`: training again gives another model; absent: it gives the same. */
    reproducible: z.literal(false).optional(),
  })
  .refine(({ candidates, chosen }) => chosen < candidates.length, { path: ["chosen"], error: "no such candidate" })
  .refine(({ candidates, chosen }) => candidates[chosen]?.failure === undefined, {
    path: ["chosen"],
    error: "a candidate that failed",
  });
/** What a training job says of the candidates of one model. */
export type HandedOverModel = z.infer<typeof handedOverModel>;

const handOver = z.object({ format: z.literal(1), models: z.array(handedOverModel).max(10_000) });
/** `candidates.json`. */
export type HandOver = z.infer<typeof handOver>;

/**
 * Keys that are not known are passed over.
 *
 * @throws CandidatesInvalidError naming the first field that is not what a training job writes, FormatNewerError
 */
export function parseHandOver(text: string): HandOver {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new CandidatesInvalidError(`${handOverFile} is not JSON`, { cause });
  }
  refuseNewer(handOverFile, value, knownFormat);
  const result = handOver.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new CandidatesInvalidError(`${handOverFile}, ${issue!.path.join(".") || "as a whole"}: ${issue!.message}`);
}

/** The one digest of a folder. @param files sha256 of each file, by its path in the folder. */
export function handOverDigest(files: ReadonlyMap<string, string>, sha256: Sha256): string {
  return `sha256:${sha256(canonicalJson(Object.fromEntries(files)))}`;
}

/** Plain names only: none is hidden, climbs out, means something to git, or differs between file systems. */
export function isHandOverPath(path: string): boolean {
  return path.length <= 200 && path.split("/").every((name) => /^[A-Za-z0-9_][A-Za-z0-9_.+-]*$/.test(name));
}
