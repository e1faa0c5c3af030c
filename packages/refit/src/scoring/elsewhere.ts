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
  /** `null`: there is none, or it cannot answer today's rows. */
  readonly champion: ScoredVersion | null;
  /** What the champion says of itself; `null`: nothing is compared with it. */
  readonly opponent: Lineage | null;
}

/**
 * The rows of a holdout that a challenger which was trained elsewhere is said not to have learned from: those that are newer. What
 * is imported is live already, wherever it was measured: with too few newer rows it is shown on all, and the report says so.
 */
export function comparableRows(
  { spec }: Pick<Context, "spec">,
  { times }: Pick<Prepared, "times">,
  { challenger: { declared } }: ComparedModels,
  rows: Uint32Array,
): Uint32Array {
  if (declared === undefined || declared.trainedUntil === null || times === null) return rows;
  const until = Date.parse(declared.trainedUntil);
  const newer = rows.filter((row) => times[row]! > until);
  return declared.by === "import" && newer.length < spec.holdout.minRows ? rows : newer;
}

/** What a report has to say of models that were trained elsewhere; `undefined`: neither was. */
export function elsewhereFacts(
  { times }: Pick<Prepared, "times">,
  { challenger, champion, opponent }: ComparedModels,
  rows: Uint32Array,
): ElsewhereFacts | undefined {
  if (challenger.declared === undefined && opponent?.declared === undefined) return undefined;
  const facts = (declared: Declared | undefined): DeclaredModel | null =>
    declared === undefined
      ? null
      : { trainedUntil: declared.trainedUntil, maySeen: mayHaveSeen(declared, { times }, rows) };
  const live = champion?.artifact;
  return {
    challenger: facts(challenger.declared),
    champion: facts(opponent?.declared),
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
