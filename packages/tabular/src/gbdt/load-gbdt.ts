import { portableExp, type ArtifactFiles, type InstantPredictor } from "@refit/core/runtime";
import { type GbdtModel, readGbdt } from "./model-file.ts";
import { predictor } from "./predict.ts";

/**
 * Checks the files and opens the model.
 *
 * @param inBatches makes batches faster and no bit other; absent: every row is walked alone, which needs no WebAssembly.
 * @throws ArtifactInvalidError, FormatNewerError
 */
export async function loadGbdt(
  files: ArtifactFiles,
  inBatches?: Parameters<typeof predictor>[1],
): Promise<InstantPredictor> {
  const model = readGbdt(files);
  const predict = predictor(model, inBatches);
  return {
    reads: columnsRead(model),
    predict: model.link === "log" ? (features) => predict(features).map(portableExp) : predict,
  };
}

/** Names of the columns that a tree splits on. */
function columnsRead({ features, rounds }: GbdtModel): ReadonlySet<string> {
  const places = rounds.flat().flatMap(({ column }) => column);
  return new Set([...new Set(places)].map((place) => features[place]!.name));
}
