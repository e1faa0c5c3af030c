import type { Learner } from "@refit/core/runtime";
import type { Ports } from "../../../src/ports/index.ts";

/** What a run asked its learners for: of a program, each of these is a start. */
export type CountedCall =
  | { readonly step: "train"; readonly rows: number; readonly validation: number }
  | { readonly step: "predict"; readonly rows: number };

/** Ports whose learners write down what they are asked for. */
export function countingCalls(calls: CountedCall[]): (real: Ports) => Ports {
  const counted = (learner: Learner): Learner => ({
    ...learner,
    fit(request) {
      const { train, validation } = request;
      const call = { step: "train", rows: train.target.length, validation: validation.target.length } as const;
      const asked = (): void => void calls.push(call);
      // What waits for another training begins after it.
      if (request.after === undefined) asked();
      else request.after.then(asked, () => {});
      return learner.fit(request);
    },
    async load(files, limits) {
      const predictor = await learner.load(files, limits);
      return {
        ...predictor,
        predict(features) {
          calls.push({ step: "predict", rows: features.rows });
          return predictor.predict(features);
        },
      };
    },
  });
  return (real) => ({
    ...real,
    learners: { ...real.learners, get: async (name) => counted(await real.learners.get(name)) },
  });
}
