import { portableExp, type ArtifactFiles, type InstantPredictor } from "@refit/core/runtime";
import { type GbdtModel, readGbdt } from "./model-file.ts";
import { type AddBatch, predictor } from "./predict.ts";

/**
 * Checks the files and opens the model.
 *
 * @param addBatch makes batches faster and no bit other; absent: every row is walked alone, which needs no WebAssembly.
 * @throws ArtifactInvalidError, FormatNewerError
 */
export async function loadGbdt(files: ArtifactFiles, addBatch?: AddBatch): Promise<InstantPredictor> {
  const model = readGbdt(files);
  const predict = predictor(model, addBatch);
  return {
    reads: columnsRead(model),
    predict: model.link === "log" ? (features) => predict(features).map(portableExp) : predict,
  };
}

/** Names of the columns that a tree splits on. */
function columnsRead({ features, rounds }: GbdtModel): ReadonlySet<string> {
  const places = new Set(rounds.flatMap((round) => round.flatMap(({ column }) => column)));
  return new Set([...places].map((place) => features[place]!.name));
}
