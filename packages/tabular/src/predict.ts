import type { InstantPredictor, Learner } from "@refit/core/runtime";
import { loadGbdt } from "./gbdt/load-gbdt.ts";
import { loadLinear } from "./linear/load-linear.ts";

type Loading = Pick<Learner<unknown, InstantPredictor>, "load">;

const gbdt: Loading = { load: (files) => loadGbdt(files) };
const linear: Loading = { load: loadLinear };
const auto: Loading = {
  async load(files) {
    const { loadAuto } = await import("./auto/load-auto.ts");
    return loadAuto(files, { gbdt: gbdt.load, linear: linear.load });
  },
};

/**
 * What answers for models of this package, by the words that `model.yaml` uses: the answers of `learners`, to the last bit, without
 * the code that trains and without WebAssembly, which some pages and hosts do not allow to be compiled. What mixes models comes when a version needs it.
 */
export const predictors = { gbdt, linear, auto } as const;
