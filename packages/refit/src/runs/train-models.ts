import type { Finding } from "@refit/core/data";
import type { HeldBack, Reason } from "@refit/core/decide";
import type { FailedModel } from "@refit/core/errors";
import type { RunRequest } from "../products/context.ts";
import { candidatesWriter, type CandidatesWriter } from "../handover/write-candidates.ts";
import { withKeptTables } from "../data/kept-tables.ts";
import { fetched } from "../versions/fetched.ts";
import { listModels } from "../versions/models.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { decide } from "../rooms/decide.ts";
import { orFailed } from "./or-failed.ts";
import { findUnfinished } from "../rooms/ends/finish.ts";
import { read } from "../rooms/read.ts";
import { observe } from "../rooms/observe.ts";
import { takeSnapshot } from "../rooms/snapshot.ts";

type TrainModelsPorts = Pick<
  Ports,
  | "scratch"
  | "ancestry"
  | "clock"
  | "git"
  | "branches"
  | "obstacles"
  | "largeFiles"
  | "forge"
  | "files"
  | "workTree"
  | "sources"
  | "tables"
  | "learners"
  | "out"
>;

type TrainModelPorts = Pick<
  Ports,
  | "ancestry"
  | "scratch"
  | "clock"
  | "git"
  | "largeFiles"
  | "forge"
  | "files"
  | "sources"
  | "tables"
  | "learners"
  | "out"
>;

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

/**
 * The rooms of a run up to the training, and none of its effects: nothing but the folder is written, so that a job which can
 * write nothing else may do it. A run elsewhere takes the candidates, and judges and proposes them.
 *
 * @param folder absolute path of an empty folder, or of none.
 */
export async function trainModels(
  ports: TrainModelsPorts,
  names: readonly string[],
  { force, folder }: { readonly force: string | null; readonly folder: string },
): Promise<HandedOver> {
  const repository = await fetched(ports, false);
  for (const notice of repository.notices) ports.out.notice(notice);
  const scratch = await ports.scratch.open(repository.commonDir);
  try {
    const writer = candidatesWriter(ports.workTree, folder, scratch.path);
    const models: TrainedModel[] = [];
    const all = names.length > 0 ? names : await listModels(ports, repository);
    for (const model of all) {
      const request = { model, force, dryRun: false };
      const trainOne = () =>
        withKeptTables(ports, repository.commonDir, (kept) => trainModel(kept, repository, request, writer));
      const failed = (error: FailedModel) => ({ model, result: "failed" as const, error });
      models.push(all.length === 1 ? await trainOne() : await orFailed(trainOne, failed));
    }
    return { candidates: await writer.close(), models };
  } finally {
    await scratch.remove();
  }
}

async function trainModel(
  ports: TrainModelPorts,
  repository: Repository,
  request: RunRequest,
  writer: CandidatesWriter,
): Promise<TrainedModel> {
  const { model } = request;
  const context = await read(ports, repository, request);
  const snapshot = await takeSnapshot(ports, context);
  if (snapshot.blocked) return { model, result: "blocked", findings: snapshot.findings };

  const observation = await observe(ports, context, snapshot);
  const { retrain, reasons, heldBack } = await decide(ports, context, snapshot, observation);
  if (!retrain) return { model, result: "skipped", heldBack: heldBack! };
  if ((await findUnfinished(ports, context, snapshot)) !== null) return { model, result: "unfinished" };

  const { withPrepared, waitsForRows, train, finalFit } = await import("../rooms/retrain.ts");
  return withPrepared<TrainedModel>(ports, context, snapshot, {
    broken: async (findings) => ({ model, result: "blocked", findings: [...snapshot.findings, ...findings] }),
    async prepared(prepared) {
      const early = waitsForRows(context, reasons, prepared);
      if (early !== null) return { model, result: "skipped", heldBack: early };
      const trained = await train(ports, context, prepared);
      // The job that judges trains nothing, so what would ship is trained before anybody knows whether it will.
      const { artifact, judgedArtifact } = await finalFit(ports, context, prepared, trained);
      const training = judgedArtifact === null ? trained : { ...trained, shipped: artifact };
      const inputDigest = snapshot.digests.input;
      await writer.add({ model, inputDigest, parent: context.champion?.treeId ?? null }, training);
      return { model, result: "trained", reasons };
    },
  });
}
