import { canonicalJson } from "@refit/core/history";
import type { ArtifactFiles } from "@refit/core/runtime";
import { shipsAll } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { Context } from "../products/context.ts";
import type { Part, Prepared } from "../products/prepared.ts";
import type { Shipped, Training } from "../products/training.ts";
import { sha256 } from "../sha256.ts";
import { trainSettled } from "./train-candidate.ts";

type FittedRows = Pick<Prepared, "fit" | "featureSpec" | "labelled" | "split" | "trainingSide">;

/**
 * What ships: the settings that were judged, trained once more on every labelled row, also on those of the holdout, with a
 * transform that was fitted to all of them. Where `ship` is `judged`, the model that was judged.
 */
export async function finalFit(
  ports: Pick<Ports, "learners" | "out">,
  { spec }: Pick<Context, "spec">,
  prepared: FittedRows,
  training: Pick<Training, "challenger" | "shipped">,
): Promise<Shipped> {
  const { split, featureSpec, trainingSide, labelled } = prepared;
  const { challenger } = training;
  if (!shipsAll(spec)) {
    const { trainedUntil } = split;
    const rows = trainingSide.length;
    return { artifact: challenger.artifact, judgedArtifact: null, featureSpec, trainedUntil: iso(trainedUntil), rows };
  }
  const all = await prepared.fit(labelled);
  const artifact = training.shipped ?? (await trainOnAll());
  return {
    artifact,
    judgedArtifact: digestOf(challenger.artifact),
    featureSpec: all.featureSpec,
    trainedUntil: iso(split.to),
    rows: labelled.length,
  };

  async function trainOnAll(): Promise<ArtifactFiles> {
    const known: Part = await all.part(labelled);
    const rows = { target: all.target, training: known, validation: await all.part(split.validation) };
    return trainSettled(ports, spec, challenger, { rows, step: "Training on all rows" });
  }
}

function digestOf(artifact: ArtifactFiles): string {
  const digests = [...artifact].map(([file, bytes]) => [file, sha256(bytes)] as const);
  return sha256(canonicalJson(Object.fromEntries(digests)));
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
