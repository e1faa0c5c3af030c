import { driftVerdict, type DriftVerdict } from "@refit/core/data";
import { addedRows } from "../data/count-new-rows.ts";
import type { Repository } from "../ports/repository.ts";
import type { Observation } from "../products/observation.ts";
import type { Snapshot } from "../products/snapshot.ts";
import { observe } from "../rooms/observe.ts";
import { read } from "../rooms/read.ts";
import { takeSnapshot } from "../rooms/snapshot.ts";

type DriftPorts = Parameters<typeof read>[0] & Parameters<typeof takeSnapshot>[0] & Parameters<typeof observe>[0];

export interface ModelDrift extends Pick<Snapshot, "findings">, Pick<Observation, "drift" | "classifier"> {
  /** `false`: there is nothing to compare new data with. */
  readonly hasChampion: boolean;
  readonly verdict: DriftVerdict;
  /** Paths of files with new rows. */
  readonly newFiles: readonly string[];
  readonly newRows: number;
}

/**
 * New files of the work tree against the champion's training data, whether or not the model's triggers ask for it.
 *
 * @param classifier also train one that tells new rows from old; it is trained anyway where the model asks for it.
 */
export async function measureModelDrift(
  ports: DriftPorts,
  repository: Repository,
  { model, classifier }: { readonly model: string; readonly classifier: boolean },
): Promise<ModelDrift> {
  const context = await read(ports, repository, { model, force: null, dryRun: true });
  const snapshot = await takeSnapshot(ports, context);
  const driftClassifier = classifier || context.spec.retrain.driftClassifier;
  const observation = await observe(ports, context, snapshot, { drift: true, driftClassifier });
  return {
    findings: [...snapshot.findings, ...observation.findings],
    newFiles: snapshot.newRows.map(({ source }) => source.path),
    newRows: addedRows(snapshot.news),
    drift: observation.drift,
    classifier: observation.classifier,
    hasChampion: context.champion !== null,
    verdict: driftVerdict(observation.drift, observation.classifier),
  };
}
