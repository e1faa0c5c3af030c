import type { TargetConfiguration } from "nx/src/devkit-exports.js";

/** A named input of each model's project: what people write of it, and the files that it learns from. */
export const sourcesInput = "modelSources";
/** Another: the version that is checked out. */
export const versionInput = "modelVersion";

type TargetInputs = NonNullable<TargetConfiguration["inputs"]>;

export interface ModelTargetRequest {
  /** A name that has been checked: it becomes part of a command line. */
  readonly model: string;
  /** What the code of the model comes from, as an input of Nx. */
  readonly upstream: string;
  /** The packages that answer, which the workspace names; none: refit comes from elsewhere, and Nx cannot tell another version of it. */
  readonly packages: readonly string[];
  /** Whether Nx hashes every file that the model learns from. */
  readonly seesData: boolean;
}

/** How refit lets git and the sources of data see variables: the only ones that a check of files could depend on. */
const environment: TargetInputs = [{ env: "REFIT_GIT_ENV" }, { env: "REFIT_SOURCE_ENV" }];

/**
 * What can be done with a model, each a command of refit. `check` and `predict-probes` follow from files of the workspace alone, so Nx may
 * cache them where it hashes all of these; the others read the live version from git's history, the forge or the clock.
 */
export function modelTargets(request: ModelTargetRequest): Record<string, TargetConfiguration> {
  const { model, upstream, packages, seesData } = request;
  const program: TargetInputs = packages.length > 0 ? [{ externalDependencies: [...packages] }] : [];
  const inputs: TargetInputs = [sourcesInput, upstream, ...program];
  const target = (command: string, description: string): TargetConfiguration => ({
    command: `refit ${command} ${model}`,
    cache: false,
    inputs,
    metadata: { description, technologies: ["refit"] },
  });
  const pure = (isPure: boolean, own: TargetInputs) => ({
    cache: isPure && packages.length > 0,
    inputs: [...own, ...program, ...environment],
    outputs: [],
  });
  const afterBuild = { dependsOn: ["^build"] };
  return {
    check: {
      ...target("check", "Check the spec, the data and the features of the work tree; trains nothing."),
      ...pure(seesData, [sourcesInput, upstream]),
    },
    "predict-probes": {
      ...target("probes", "Check that the version is complete, and predicts its probe rows as it did after training."),
      ...pure(true, [versionInput]),
    },
    retrain: {
      ...target("run", "Check the data, decide, retrain, compare with the champion, and propose the result."),
      ...afterBuild,
    },
    verify: {
      ...target("verify", "Make the version that merging would promote again, compare every byte, apply the gates."),
      ...afterBuild,
    },
    drift: target("drift", "Compare new rows with the champion's training data."),
    serve: { ...target("serve", "Serve predictions of the live version over HTTP."), continuous: true },
  };
}
