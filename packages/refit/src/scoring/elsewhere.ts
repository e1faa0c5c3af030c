import type { Declared, Lineage } from "@refit/core/history";
import type { DeclaredModel, ElsewhereFacts } from "@refit/core/judge";
import type { ArtifactFiles } from "@refit/core/runtime";
import type { Context } from "../products/context.ts";
import type { Prepared } from "../products/prepared.ts";
import type { Challenger } from "../products/training.ts";
import type { ScoredVersion } from "./scored-version.ts";

/** The two models of a comparison. */
export interface ComparedModels {
  readonly challenger: Pick<Challenger, "artifact" | "declared">;
  /** The challenger, loaded. */
  readonly scored: ScoredVersion;
  /** `null`: there is none, or it cannot answer today's rows. */
  readonly champion: ScoredVersion | null;
  /** What the champion says of itself; `null`: nothing is compared with it. */
  readonly opponent: Lineage | null;
}

/**
 * The rows of a holdout that both models answer, and that a challenger which was trained elsewhere is said not to have learned from:
 * those that are newer. What is imported is live already, wherever it was measured: with too few newer rows it is shown on all, and
 * the report says so.
 */
export async function comparableRows(
  context: Pick<Context, "spec">,
  prepared: Pick<Prepared, "times">,
  { challenger, scored, champion }: ComparedModels,
  rows: Uint32Array,
): Promise<Uint32Array> {
  const unseen = unseenBy(context, prepared, challenger.declared, rows);
  return answeredBy(champion, await answeredBy(scored, unseen));
}

function unseenBy(
  { spec }: Pick<Context, "spec">,
  { times }: Pick<Prepared, "times">,
  declared: Declared | undefined,
  rows: Uint32Array,
): Uint32Array {
  if (declared === undefined || declared.trainedUntil === null || times === null) return rows;
  const until = Date.parse(declared.trainedUntil);
  const newer = rows.filter((row) => times[row]! > until);
  return declared.by === "import" && newer.length < spec.holdout.minRows ? rows : newer;
}

/** Those of the rows that a model answers: all, unless it is a list of predictions. */
export async function answeredBy(model: ScoredVersion | null, rows: Uint32Array): Promise<Uint32Array> {
  if (model?.predictor.knows === undefined) return rows;
  const known = await model.predictor.knows(await model.features(rows));
  return rows.filter((_, i) => known[i] === 1);
}

/** What a report has to say of models that were trained elsewhere; `undefined`: neither was. @param rows that were scored. */
export async function elsewhereFacts(
  context: Pick<Context, "spec">,
  { times, split }: Pick<Prepared, "times" | "split">,
  { challenger, scored, champion, opponent }: ComparedModels,
  rows: Uint32Array,
): Promise<ElsewhereFacts | undefined> {
  if (challenger.declared === undefined && opponent?.declared === undefined) return undefined;
  const asked = unseenBy(context, { times }, challenger.declared, split.holdout);
  const facts = async (
    declared: Declared | undefined,
    version: ScoredVersion | null,
  ): Promise<DeclaredModel | null> => {
    if (declared === undefined) return null;
    const unanswered = asked.length - (await answeredBy(version, asked)).length;
    const maySeen = mayHaveSeen(declared, { times }, rows);
    return { trainedUntil: declared.trainedUntil, maySeen, ...(unanswered > 0 && { unanswered }) };
  };
  const live = champion?.artifact;
  return {
    challenger: await facts(challenger.declared, scored),
    champion: await facts(opponent?.declared, champion),
    isChampion: challenger.declared !== undefined && live !== undefined && isSameModel(challenger.artifact, live),
  };
}

/** How many of the rows a model may have learned from, as far as anybody has said. */
export function mayHaveSeen(
  declared: Declared | undefined,
  { times }: Pick<Prepared, "times">,
  rows: Uint32Array,
): number {
  if (declared === undefined) return 0;
  if (declared.trainedUntil === null || times === null) return rows.length;
  const until = Date.parse(declared.trainedUntil);
  return rows.filter((row) => times[row]! <= until).length;
}

function isSameModel(some: ArtifactFiles, others: ArtifactFiles): boolean {
  const same = ([file, bytes]: readonly [string, Uint8Array]) => {
    const other = others.get(file);
    return other !== undefined && Buffer.compare(bytes, other) === 0;
  };
  return some.size === others.size && [...some].every(same);
}
