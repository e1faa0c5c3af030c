import type { Finding } from "@refit/core/data";
import type { HeldBack, Reason } from "@refit/core/decide";
import type { FailedModel } from "@refit/core/errors";
import { candidateDigest, jobMatrix, type JobMatrix, type MatrixUnit } from "@refit/core/history";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { sha256 } from "../sha256.ts";
import type { WorkUnit } from "../ports/workers.ts";
import { listModels } from "../versions/models.ts";
import { identityOf, type Look } from "./due.ts";
import { eachLook, modelsToLookAt, withFetched, type FetchedPorts } from "./each-look.ts";
import type { GroupLookPorts } from "./look-at-group.ts";

export interface PlannedCandidate {
  /** Its number in model.yaml, from 1. */
  readonly candidate: number;
  readonly learner: string;
  /** `sha256:…`; another one once data, settings, code, learner or champion change. */
  readonly digest: string;
}

/** What is to be done for one model. */
export type PlannedModel = { readonly model: string } & (
  | { readonly result: "due"; readonly reasons: readonly Reason[]; readonly candidates: readonly PlannedCandidate[] }
  | { readonly result: "skipped"; readonly heldBack: HeldBack }
  /** A run has work to do and nothing to train: it shows what an earlier one trained, or alerts about refused data. */
  | { readonly result: "unfinished" }
  | { readonly result: "blocked"; readonly findings: readonly Finding[] }
  | { readonly result: "failed"; readonly error: FailedModel }
);

export interface JobPlan {
  /** Whether the matrix has a job: GitHub refuses one that has none. */
  readonly any: boolean;
  readonly matrix: JobMatrix;
  readonly models: readonly PlannedModel[];
}

export interface PlanRequest {
  readonly by: "model" | "candidate";
  readonly force: string | null;
  /** At most as many jobs. */
  readonly jobs: number;
  /** Only models that the changes since this revision affect; `null`: all. */
  readonly affected: string | null;
  readonly usage: string;
}

type PlanModelsPorts = FetchedPorts & Pick<Ports, "changes" | "projectGraphs">;

/** Looks and decides as a run does, prepares and trains nothing, and divides what is to be done among jobs. Writes nothing. */
export async function planModels(
  ports: PlanModelsPorts,
  names: readonly string[],
  { by, force, jobs, ...request }: PlanRequest,
): Promise<JobPlan> {
  const { models, units } = await withFetched(ports, async (repository) => {
    const chosen = await chosenModels(ports, repository, names, request);
    if (chosen.length === 0) return { models: [], units: [] };
    const all = await modelsToLookAt(ports, repository, chosen);
    const planned = await eachLook<GroupLookPorts, PlannedModel>(ports, repository, all, {
      force,
      trains: false,
      one: async (_kept, model, look) => plannedModel(model, look),
      failed: (model, error) => ({ model, result: "failed", error }),
    });
    return { models: planned, units: all.units };
  });
  const matrix = jobMatrix(
    units.flatMap((unit) => jobsOf(unit, models, by)),
    jobs,
  );
  return { any: matrix.include.length > 0, matrix, models };
}

function plannedModel(model: string, look: Look): PlannedModel {
  if (look.kind !== "due") {
    const { kind, ...more } = look;
    return { model, result: kind, ...more } as PlannedModel;
  }
  const { context, decision } = look;
  const candidates = context.spec.candidates.map(({ learner }, i) => {
    const candidate = i + 1;
    return { candidate, learner, digest: candidateDigest({ ...identityOf(model, look), candidate }, sha256) };
  });
  return { model, result: "due", reasons: decision.reasons, candidates };
}

/** What cannot be read is looked at, too: the plan says why. */
async function chosenModels(
  ports: PlanModelsPorts,
  repository: Repository,
  names: readonly string[],
  { affected, usage }: Pick<PlanRequest, "affected" | "usage">,
): Promise<readonly string[]> {
  if (affected === null) return names.length > 0 ? names : listModels(ports, repository);
  const { affectedModels } = await import("./affected/affected.ts");
  const request = { base: affected, head: repository.baseCommit, usage };
  const { models, failed } = await affectedModels(ports, request);
  const there = [...models.filter(({ effect }) => effect !== "removed"), ...failed].map(({ model }) => model).sort();
  return names.length === 0 ? there : there.filter((model) => names.includes(model));
}

/** By candidate what is to be trained; by model whatever a run has work with, and the models of a group in one job. */
function jobsOf(
  { models: names }: WorkUnit,
  planned: readonly PlannedModel[],
  by: PlanRequest["by"],
): readonly MatrixUnit[] {
  const members = planned.filter(({ model }) => names.includes(model));
  if (by === "model") return members.every(({ result }) => result === "skipped") ? [] : [{ model: names.join(" ") }];
  return members.flatMap((each) =>
    each.result === "due"
      ? each.candidates.map(({ candidate, digest }) => ({ model: each.model, candidate, digest }))
      : [],
  );
}
