import { ArtifactInvalidError, ImportInvalidError } from "@refit/core/errors";
import { canonicalJson, type Json } from "@refit/core/history";
import {
  inputRowsOf,
  predictionsDescriptor,
  rowNames,
  type ArtifactFiles,
  type Column,
  type FeatureMatrix,
  type FitRequest,
  type Learner,
  type Predictor,
} from "@refit/core/runtime";
import { readPredictionsText, storedPredictions, type StoredPredictions } from "@refit/core/spec";
import { sha256 } from "../../../sha256.ts";
import { decodeText, encodeText } from "../../../text.ts";

const predictionsFile = "predictions.csv";
/** Whose they are. */
const storedFile = "predictions.json";

/** What an import says of its predictions. */
interface PredictionSettings {
  readonly key: readonly string[];
}

/** Trains nothing: the predictions go into the version as they are. */
export const predictionsLearner: Learner<PredictionSettings> = {
  ...predictionsDescriptor,
  async fit({ settings, task, program }: FitRequest<PredictionSettings>) {
    const { target, code } = program!;
    const bytes = code.get(predictionsFile)!;
    const { name, classes } = target;
    const stored: StoredPredictions = { format: 1, task, target: { name, classes }, key: [...settings.key] };
    const read = keyedOf(stored, bytes);
    if (typeof read === "string")
      throw new ImportInvalidError(`The file of predictions ${read}.`, "Import them once more.");
    const text = canonicalJson(JSON.parse(JSON.stringify(stored)) as Json, 2);
    return new Map([
      [predictionsFile, bytes],
      [storedFile, encodeText(`${text}\n`)],
    ]);
  },
  settle: (settings) => settings,
  load: async (files) => predictorOf(files),
};

/** @throws ArtifactInvalidError */
function predictorOf(files: ArtifactFiles): Predictor {
  const stored = storedPredictions.safeParse(jsonOf(files.get(storedFile)));
  if (!stored.success) {
    const [issue] = stored.error.issues;
    throw new ArtifactInvalidError(`artifact/${storedFile}`, issue!.path.join("."), issue!.message);
  }
  const known = keyedOf(stored.data, files.get(predictionsFile) ?? new Uint8Array());
  if (typeof known === "string")
    throw new ArtifactInvalidError(`artifact/${predictionsFile}`, "", `predictions, but it ${known}`);
  const places = new Map(known.rows.map((row, i) => [row, i]));
  const width = widthOf(stored.data);
  const placesOf = async (features: FeatureMatrix) => {
    const { read } = inputRowsOf(features);
    const columns: Column[] = [];
    for (const name of stored.data.key) columns.push(await read(name));
    return rowNames(columns, features.rows, sha256).map((name) => (name === null ? undefined : places.get(name)));
  };
  return {
    async knows(features) {
      return Uint8Array.from(await placesOf(features), (place) => Number(place !== undefined));
    },
    async predict(features) {
      const values = new Float64Array(features.rows * width).fill(Number.NaN);
      for (const [row, place] of (await placesOf(features)).entries()) {
        if (place !== undefined) values.set(known.values.subarray(place * width, (place + 1) * width), row * width);
      }
      return values;
    },
  };
}

function keyedOf(stored: StoredPredictions, bytes: Uint8Array) {
  return readPredictionsText(decodeText(bytes), widthOf(stored), stored.task === "regression");
}

const widthOf = ({ task, target }: StoredPredictions) => (task === "multiclass" ? target.classes!.length : 1);

/** `null`: there is none. */
function jsonOf(bytes: Uint8Array | undefined): unknown {
  try {
    return bytes === undefined ? null : JSON.parse(decodeText(bytes));
  } catch {
    return null;
  }
}
