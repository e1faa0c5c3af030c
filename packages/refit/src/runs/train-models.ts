import type { Finding } from "@refit/core/data";
import type { HeldBack, Reason } from "@refit/core/decide";
import type { FailedModel } from "@refit/core/errors";
import { candidatesWriter, type CandidatesWriter } from "../handover/write-candidates.ts";
import type { TrainedCandidates } from "../products/candidates.ts";
import type { RunRequest } from "../products/context.ts";
import type { Ports } from "../ports/index.ts";
import { whyNotTaken } from "../rooms/ends/too-late.ts";
import type { Look, LookPorts } from "./due.ts";
import { eachLook, modelsToLookAt, withFetched, type FetchedPorts } from "./each-look.ts";
import type { GroupLookPorts } from "./look-at-group.ts";

/** What became of one model; `refit run` acts upon it. */
export type TrainedModel = { readonly model: string } & (
  | { readonly result: "trained"; readonly reasons: readonly Reason[] }
  | { readonly result: "skipped"; readonly heldBack: HeldBack }
  /** An earlier run has trained and pushed it, so the next one only has to show it. */
  | { readonly result: "unfinished" }
  | { readonly result: "blocked"; readonly findings: readonly Finding[] }
  /** One of several could not go on; the others did. */
  | { readonly result: "failed"; readonly error: FailedModel }
);

export interface HandedOver {
  /** Digest of the folder: what `refit run --candidates` has to be told. */
  readonly candidates: string;
  readonly models: readonly TrainedModel[];
}

export interface TrainModelsRequest extends Pick<RunRequest, "force"> {
  /** Absolute path of an empty folder, or of none. */
  readonly folder: string;
  /** What jobs of single candidates have trained; `null`: all are trained here. */
  readonly trained: TrainedCandidates | null;
}

/**
 * The rooms of a run up to the training, and none of its effects: nothing but the folder is written, so that a job which can
 * write nothing else may do it. A run elsewhere takes the candidates, and judges and proposes them.
 */
export async function trainModels(
  ports: FetchedPorts & Pick<Ports, "workTree">,
  names: readonly string[],
  { force, folder, trained }: TrainModelsRequest,
): Promise<HandedOver> {
  return withFetched(ports, async (repository, scratch) => {
    const writer = candidatesWriter(ports.workTree, folder, scratch);
    const all = await modelsToLookAt(ports, repository, names);
    const models = await eachLook<GroupLookPorts, TrainedModel>(ports, repository, all, {
      force,
      candidates: trained ?? undefined,
      trains: true,
      one: (kept, model, look) => trainModel(kept, model, look, writer),
      failed: (model, error) => ({ model, result: "failed", error }),
    });
    return { candidates: await writer.close(), models };
  });
}

async function trainModel(
  ports: LookPorts,
  model: string,
  look: Look,
  writer: CandidatesWriter,
): Promise<TrainedModel> {
  if (look.kind !== "due") {
    const { kind, ...more } = look;
    return { model, result: kind, ...more } as TrainedModel;
  }
  const { context, snapshot, decision } = look;
  const late = whyNotTaken(look);
  if (late !== null) return { model, result: "skipped", heldBack: late };

  const { withPrepared, waitsForRows, train, finalFit, withTrainingScore } = await import("../rooms/retrain.ts");
  return withPrepared<TrainedModel>(ports, context, snapshot, {
    broken: async (findings) => ({ model, result: "blocked", findings: [...snapshot.findings, ...findings] }),
    async prepared(prepared) {
      const early = waitsForRows(context, decision.reasons, prepared);
      if (early !== null) return { model, result: "skipped", heldBack: early };
      const trained = await train(ports, context, prepared, snapshot.digests.input);
      // The job that judges trains nothing, so what would ship is trained before anybody knows whether it will.
      const { artifact, judgedArtifact } = await finalFit(ports, context, prepared, trained);
      const { spec } = context;
      const challenger = await withTrainingScore(ports, { spec, target: prepared.target }, trained.challenger);
      const training = { ...trained, challenger, shipped: judgedArtifact === null ? trained.shipped : artifact };
      const inputDigest = snapshot.digests.input;
      await writer.add({ model, inputDigest, parent: context.champion?.treeId ?? null }, training);
      return { model, result: "trained", reasons: decision.reasons };
    },
  });
}
