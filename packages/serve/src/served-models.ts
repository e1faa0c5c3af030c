import { bodyInvalid, RefusedRequest } from "./refused-request.ts";
import type { ReadyModel, ServedModel } from "./served-model.ts";

/** The models of a server, as requests ask for them. */
export interface ServedModels {
  readonly all: readonly ServedModel[];
  /** @throws RefusedRequest where no such model is served, or not yet */
  named(name: string): ReadyModel;
  /** @throws RefusedRequest where it is not clear which */
  only(): ReadyModel;
}

/** @param brief names no other models in errors */
export function servedModels(all: readonly ServedModel[], brief: boolean): ServedModels {
  const named = (name: string): ReadyModel => {
    const model = all.find((each) => each.name === name);
    if (model === undefined) {
      const others = brief ? "" : ` The models are: ${all.map((each) => each.name).join(", ")}.`;
      throw new RefusedRequest(404, "no-such-model", `No model ${JSON.stringify(name)} is served here.${others}`);
    }
    const { version, stale, view, raw = null, canary = null } = model;
    if (version === null) throw new RefusedRequest(503, "not-ready", `No version of ${name} could be loaded yet.`);
    return { name, version, stale, raw, canary, ...(view !== undefined && { view }) };
  };
  return {
    all,
    named,
    only() {
      if (all.length === 1) return named(all[0]!.name);
      throw bodyInvalid("Several models are served: send it to /models/{model}/invocations.");
    },
  };
}
