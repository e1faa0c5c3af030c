import { CommandFailedError } from "@refit/core/errors";
import { hasRepeated } from "@refit/core/history";
import { everyNth, pickRows } from "@refit/core/judge";
import {
  applyFeatures,
  pickValues,
  type ArtifactFiles,
  type CandidateSettings,
  type Column,
} from "@refit/core/runtime";
import type { ModelSpec } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { RowContext } from "../products/context.ts";
import type { Part, Prepared } from "../products/prepared.ts";
import type { Challenger } from "../products/training.ts";
import { programDigest } from "./program-digest.ts";
import { learnFrom, rowsToLearn } from "./learn-from.ts";
import { fitRequest } from "./train-candidate.ts";

/** Rows on which it is tried whether a program repeats itself. */
const MOST_TRIED = 2000;

/** What may not give the same model again. */
export interface Doubted {
  readonly settings: CandidateSettings;
  /** Files of its own program. */
  readonly code: ArtifactFiles;
  /** The model to go on from; absent: none. */
  readonly start?: ArtifactFiles;
  /** Called when a program runs by which it is tried. */
  readonly onStarted?: () => void;
}

type TriedRows = Pick<Prepared, "featureSpec" | "labels" | "read" | "split" | "target" | "times" | "weights">;

/**
 * As `isReproducible`, for a challenger. What the ledger knows of the same program is not tried again, and neither is what is made again
 * to be compared with what is there: that compares two trainings on all rows.
 */
export async function tryChallenger(
  ports: Pick<Ports, "clock" | "learners" | "out">,
  { ledger, request, spec }: Pick<RowContext, "ledger" | "request" | "spec">,
  prepared: TriedRows,
  doubted: Doubted,
): Promise<Pick<Challenger, "reproducible" | "repeated">> {
  const { settings, code, start } = doubted;
  const learner = await ports.learners.get(settings.learner);
  const isUnproven = learner.mayDiffer?.(settings) === "unproven";
  if (isUnproven && request.isMadeAgain === true) return { reproducible: true };
  const program = isUnproven ? await programDigest({ learner, settings, code, start }, spec, prepared) : null;
  if (program !== null && hasRepeated(ledger, program, ports.clock.now())) return { reproducible: true };
  const reproducible = await isReproducible(ports, spec, prepared, doubted);
  return { reproducible, ...(reproducible && program !== null && { repeated: program }) };
}

/** Whether the learner gives the same model again: known of it, or tried by training twice on some of the rows. */
export async function isReproducible(
  { learners, out }: Pick<Ports, "learners" | "out">,
  spec: ModelSpec,
  prepared: TriedRows,
  { settings, onStarted, ...program }: Doubted,
): Promise<boolean> {
  const learner = await learners.get(settings.learner);
  const doubt = learner.mayDiffer?.(settings);
  if (doubt !== "unproven") return doubt === undefined;
  out.progress(`Training ${settings.learner} twice on some rows, to see whether it gives the same model`);
  const rows = await someRows(prepared, settings);
  const request = {
    ...fitRequest(spec, { target: prepared.target, ...rows, ...program }),
    settings,
    ...(onStarted && { onStarted }),
  };
  try {
    return areEqual(await learner.fit(request), await learner.fit(request));
  } catch (error) {
    // What it has done to the repository is no matter of whether it repeats itself.
    if (!(error instanceof CommandFailedError) || error.outcome === "repository-changed") throw error;
    out.notice(`Whether ${settings.learner} gives the same model again is not known. ${error.message}`);
    return false;
  }
}

/** Some of the training and validation rows. Each column is read once, and only what these rows have of it is kept for both trainings. */
async function someRows(prepared: TriedRows, settings: CandidateSettings) {
  const { featureSpec, labels, read, split, weights } = prepared;
  const known = everyNth(rowsToLearn(prepared, settings, split.train), MOST_TRIED);
  const validation = everyNth(split.validation, MOST_TRIED);
  const all = Uint32Array.of(...known, ...validation);
  const columns = new Map<string, Promise<Column | null>>();
  const readSome = (name: string) => {
    const column = columns.get(name) ?? read(name).then((whole) => whole && pickValues(whole, all));
    columns.set(name, column);
    return column;
  };
  const placeOf = new Map(Array.from(all, (row, place) => [row, place]));
  const part = async (rows: Uint32Array): Promise<Part> => ({
    rows,
    target: pickRows(labels, rows),
    ...(weights && { weights: pickRows(weights, rows) }),
    features: await applyFeatures(
      featureSpec,
      readSome,
      rows.map((row) => placeOf.get(row)!),
    ),
  });
  return { training: await learnFrom({ part }, prepared, settings, known), validation: await part(validation) };
}

function areEqual(some: ArtifactFiles, others: ArtifactFiles): boolean {
  const isSame = ([file, bytes]: readonly [string, Uint8Array]) => {
    const other = others.get(file);
    return other !== undefined && Buffer.compare(bytes, other) === 0;
  };
  return some.size === others.size && [...some].every(isSame);
}
