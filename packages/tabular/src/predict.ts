import type { ArtifactFiles, InstantPredictor } from "@refit/core/runtime";
import { loadAuto } from "./auto/load-auto.ts";
import { loadGbdt } from "./gbdt/load-gbdt.ts";
import { loadLinear } from "./linear/load-linear.ts";

interface ModelLoader {
  /** As `Learner.load`. @throws ArtifactInvalidError, FormatNewerError */
  load(files: ArtifactFiles): Promise<InstantPredictor>;
}

const gbdt: ModelLoader = { load: (files) => loadGbdt(files) };
const linear: ModelLoader = { load: loadLinear };
const auto: ModelLoader = { load: (files) => loadAuto(files, { gbdt: gbdt.load, linear: linear.load }) };

/**
 * What answers for models of this package, by the words that `model.yaml` uses: the answers of `learners`, to the last bit, without
 * the code that trains and without WebAssembly, which some pages and hosts do not allow to be compiled.
 */
export const predictors = { gbdt, linear, auto } as const;
