import { newerFormat } from "../errors/format-errors.ts";
import { knownFormat } from "./known-format.ts";
import { exceededLimit } from "./stored-json.ts";

/** What identifies a file's content. */
export interface ContentFacts {
  readonly sha256: string;
  readonly bytes: number;
}

/** The part of a `lineage.json` that a history and the numbers beside it need. */
export interface Claims {
  readonly parent: string | null;
  readonly inputDigest: string;
  /** Last instant of any row that it has learned from, ISO 8601; `null`: it has no `time`, or does not say. */
  readonly learnedUntil: string | null;
  /** It was trained elsewhere, and a person has said what it learned from. */
  readonly isDeclared: boolean;
  /** Its holdout: how many rows, and their first and last instant, ISO 8601; `null`: it does not say. */
  readonly judgedOn: { readonly rows: number; readonly from: string | null; readonly to: string | null } | null;
  /** What ships was trained once more after it was judged, the holdout included. */
  readonly isTrainedOn: boolean;
  /** Every other file of the folder, by path. */
  readonly files: ReadonlyMap<string, ContentFacts>;
}

/** What can be said of a `lineage.json`: what it claims, what is wrong with it, or which newer format it has. */
export type ReadClaims =
  | { readonly claims: Claims; readonly problem: null; readonly newerFormat: null }
  | { readonly claims: null; readonly problem: string; readonly newerFormat: null }
  | { readonly claims: null; readonly problem: null; readonly newerFormat: number };

/**
 * Reads a version's claims by hand: a history may hold ten thousand of them, and a run that finds nothing to do must
 * not load the schema library for the sake of one. `parseLineage` checks every field.
 *
 * @param text content of `lineage.json`; `null`: there is no such file.
 * @returns the claims, the first problem as one sentence, or the format.
 */
export function readClaims(text: string | null): ReadClaims {
  if (text === null) return broken("lineage.json is missing.");
  const limit = exceededLimit(text, "lineage");
  if (limit !== null) return broken(`lineage.json: expected ${limit}.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return broken("lineage.json is not JSON.");
  }
  if (!isRecord(value)) return broken("lineage.json is not an object.");
  const newer = newerFormat(value, knownFormat);
  if (newer !== null) return { claims: null, problem: null, newerFormat: newer };
  const { format, parent, inputDigest, files } = value;
  if (format !== knownFormat) return broken(`lineage.json has no valid \`format\`.`);
  if (parent !== null && typeof parent !== "string") return broken("lineage.json has no valid `parent`.");
  if (typeof inputDigest !== "string") return broken("lineage.json has no valid `inputDigest`.");
  if (!isRecord(files)) return broken("lineage.json has no valid `files`.");

  const contents = new Map<string, ContentFacts>();
  for (const [path, facts] of Object.entries(files)) {
    if (!isContentFacts(facts)) return broken(`lineage.json has no valid digest of ${JSON.stringify(path)}.`);
    contents.set(path, { sha256: facts.sha256, bytes: facts.bytes });
  }
  const learned = { learnedUntil: claimedUntil(value), isDeclared: value["declared"] !== undefined };
  const judged = { judgedOn: judgedRows(value), isTrainedOn: typeof value["judgedArtifact"] === "string" };
  return { claims: { parent, inputDigest, ...learned, ...judged, files: contents }, problem: null, newerFormat: null };
}

function claimedUntil({ trainedUntil, holdout }: Readonly<Record<string, unknown>>): string | null {
  const said = trainedUntil === undefined && isRecord(holdout) ? holdout["trainedUntil"] : trainedUntil;
  return instant(said);
}

function judgedRows({ holdout }: Readonly<Record<string, unknown>>): Claims["judgedOn"] {
  if (!isRecord(holdout)) return null;
  const { rows, from, to } = holdout;
  return typeof rows === "number" ? { rows, from: instant(from), to: instant(to) } : null;
}

function instant(value: unknown): string | null {
  return typeof value === "string" && !Number.isNaN(Date.parse(value)) ? value : null;
}

function broken(problem: string): ReadClaims {
  return { claims: null, problem, newerFormat: null };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isContentFacts(value: unknown): value is ContentFacts {
  return isRecord(value) && typeof value["sha256"] === "string" && typeof value["bytes"] === "number";
}
