import type { Finding } from "@refit/core/data";
import type { HeldBack } from "@refit/core/decide";
import { UsageError, type FailedModel } from "@refit/core/errors";
import { candidateDigest } from "@refit/core/history";
import { writeTrained } from "../handover/write-trained.ts";
import type { Ports } from "../ports/index.ts";
import { sha256 } from "../sha256.ts";
import { identityOf, type Due, type Look, type LookPorts } from "./due.ts";
import { eachLook, modelsToLookAt, withFetched, type FetchedPorts } from "./each-look.ts";
import type { GroupLookPorts } from "./look-at-group.ts";

/** One candidate that was asked for. */
export interface CandidateOutcome {
  /** Its number in model.yaml, from 1. */
  readonly candidate: number;
  readonly learner: string;
  /** What a plan calls it. */
  readonly digest: string;
  /** Name of its folder: the digest of what is in it. */
  readonly folder: string;
  /** Why it was not trained; `null`: it was. The folder says so, too. */
  readonly failure: string | null;
}

/** What became of the candidates of one model. */
export type TrainedCandidatesOf = { readonly model: string } & (
  | { readonly result: "trained"; readonly candidates: readonly CandidateOutcome[] }
  | { readonly result: "skipped"; readonly heldBack: HeldBack }
  | { readonly result: "unfinished" }
  | { readonly result: "blocked"; readonly findings: readonly Finding[] }
  | { readonly result: "failed"; readonly error: FailedModel }
);

export interface TrainCandidatesRequest {
  readonly force: string | null;
  /** Absolute. */
  readonly folder: string;
  /** Numbers, of one model, or digests as a plan names them. */
  readonly wanted: readonly string[];
  readonly usage: string;
}

/** Trains some candidates, each into a folder of its own, and chooses none: that is done by whoever has all of them. */
export async function trainCandidates(
  ports: FetchedPorts & Pick<Ports, "workTree">,
  names: readonly string[],
  request: TrainCandidatesRequest,
): Promise<readonly TrainedCandidatesOf[]> {
  return withFetched(ports, async (repository, scratch) => {
    const { units, models } = await modelsToLookAt(ports, repository, names);
    // The others of a group are looked at, since whether one is due depends on them.
    const all = { units, models: names.length > 0 ? [...new Set(names)] : models };
    return eachLook<GroupLookPorts & Pick<Ports, "workTree">, TrainedCandidatesOf>(ports, repository, all, {
      force: request.force,
      trains: true,
      one: (kept, model, look) => trainOfModel(kept, { model, look, scratch }, request),
      failed: (model, error) => ({ model, result: "failed", error }),
    });
  });
}

interface Looked {
  readonly model: string;
  readonly look: Look;
  readonly scratch: string;
}

async function trainOfModel(
  ports: LookPorts & Pick<Ports, "workTree">,
  { model, look, scratch }: Looked,
  { folder, wanted, usage }: TrainCandidatesRequest,
): Promise<TrainedCandidatesOf> {
  if (look.kind !== "due") {
    const { kind, ...more } = look;
    return { model, result: kind, ...more } as TrainedCandidatesOf;
  }
  const numbers = numbersOf(model, look, { wanted, usage });
  if (numbers.length === 0) return { model, result: "skipped", heldBack: { kind: "handed-over", why: "other-plan" } };

  const { context, snapshot, decision } = look;
  const { withPrepared, waitsForRows, openBench, isOfCandidate } = await import("../rooms/retrain.ts");
  return withPrepared<TrainedCandidatesOf>(ports, context, snapshot, {
    broken: async (findings) => ({ model, result: "blocked", findings: [...snapshot.findings, ...findings] }),
    async prepared(prepared) {
      const early = waitsForRows(context, decision.reasons, prepared);
      if (early !== null) return { model, result: "skipped", heldBack: early };
      const bench = await openBench(ports, context, prepared);
      const candidates: CandidateOutcome[] = [];
      for (const candidate of numbers) {
        const settings = bench.all[candidate - 1]!;
        const { artifact, seconds, failure } = await bench.train(settings).then(
          (trained) => ({ ...trained, failure: null }),
          (error: unknown) => {
            if (!isOfCandidate(error)) throw error;
            ports.out.notice(`Candidate ${candidate} was not trained: ${error.message} ${error.hint}`);
            return { artifact: new Map<string, Uint8Array>(), seconds: 0, failure: error.message.slice(0, 10_000) };
          },
        );
        const identity = { ...identityOf(model, look), candidate };
        const facts = { ...identity, seconds, ...(failure !== null && { failure }) };
        const name = await writeTrained(ports.workTree, { folder, scratch }, facts, artifact);
        const digest = candidateDigest(identity, sha256);
        candidates.push({ candidate, learner: settings.learner, digest, folder: name, failure });
      }
      return { model, result: "trained", candidates };
    },
  });
}

/** The numbers of those that were asked for, in order; of digests only those that are due. @throws UsageError */
function numbersOf(
  model: string,
  due: Due,
  { wanted, usage }: Pick<TrainCandidatesRequest, "wanted" | "usage">,
): readonly number[] {
  const count = due.context.spec.candidates.length;
  const words = new Set(wanted);
  const high = wanted.find((word) => /^\d+$/.test(word) && (Number(word) < 1 || Number(word) > count));
  if (high !== undefined) {
    const has = count === 1 ? "1 candidate" : `${count} candidates, numbered from 1`;
    throw new UsageError(`--candidate ${high}: model.yaml of ${model} has ${has}.`, usage);
  }
  const isWanted = (candidate: number) =>
    words.has(String(candidate)) || words.has(candidateDigest({ ...identityOf(model, due), candidate }, sha256));
  return Array.from({ length: count }, (_, i) => i + 1).filter(isWanted);
}
