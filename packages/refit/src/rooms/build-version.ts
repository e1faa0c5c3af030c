import { championFolder } from "@refit/core/history";
import { profileVersion } from "@refit/core/data";
import type { Ports } from "../ports/index.ts";
import type { Decided } from "../products/decided.ts";
import type { Evaluation } from "../products/evaluation.ts";
import type { Prepared } from "../products/prepared.ts";
import type { Training } from "../products/training.ts";
import { makeProbes } from "../scoring/make-probes.ts";
import { modelTraits } from "../scoring/model-traits.ts";
import { finalFit } from "./final-fit.ts";
import { assembleVersion } from "../versions/assemble-version.ts";

/** What a version is built from: nothing that a run decided enters it. */
export interface VersionInputs extends Pick<Decided, "context" | "snapshot"> {
  readonly prepared: Prepared;
  readonly training: Training;
  readonly evaluation: Evaluation;
}

/**
 * The files of the version that would be live, by path in its folder. It has learned from all rows, also from those that its
 * settings were judged on, so a run builds it after the verdict. `verify` builds it again.
 */
export async function buildVersion(
  ports: Pick<Ports, "learners" | "out">,
  { context, snapshot, prepared, training, evaluation }: VersionInputs,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const { spec, manifest, request, repository } = context;
  const { challenger } = training;
  ports.out.progress("Profiling the model");
  const traits = await modelTraits(ports, {
    challenger,
    prepared,
    sensitive: manifest.sensitive,
    seed: spec.seed,
  });
  const profiles = await prepared.profiles();
  const profile = profileVersion([...profiles.values()], traits);
  const shipped = await finalFit(ports, context, prepared, training);
  ports.out.progress("Writing the version");
  const inputs = shipped.featureSpec.inputs.map(({ name }) => name);
  return assembleVersion({
    model: request.model,
    folder: championFolder(request.model, repository),
    spec,
    champion: context.champion,
    files: snapshot.files,
    tableFiles: snapshot.tableFiles,
    digests: snapshot.digests,
    profile,
    challenger,
    rowWise: await prepared.table.isRowWise(inputs),
    shipped,
    probes: await makeProbes(ports, { shipped, settings: challenger.settings, profile, context }),
    evaluation,
  });
}
