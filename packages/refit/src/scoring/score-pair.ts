import type { RowGroups } from "@refit/core/data";
import type { HoldoutFacts } from "@refit/core/history";
import type { ComparisonKind } from "@refit/core/judge";
import type { Ports } from "../ports/index.ts";
import type { Part, Prepared } from "../products/prepared.ts";
import type { Question } from "../products/question.ts";
import type { Challenger } from "../products/training.ts";
import { sha256 } from "../sha256.ts";
import { drawnTogether, instantsOf } from "./drawn-together.ts";
import { loadVersion, predictionsOf, type ScoredVersion } from "./scored-version.ts";

type ScorePairPorts = Pick<Ports, "git" | "largeFiles" | "files" | "learners">;

/** A trained model that can be asked. */
export type AskedChallenger = Pick<Challenger, "settings" | "artifact" | "training">;

/** Challenger and champion with their answers for the same rows, which neither has seen. */
export interface ScoredPair {
  readonly kind: ComparisonKind;
  /** The rows of the holdout that count, and how they were chosen. */
  readonly part: Part;
  readonly facts: HoldoutFacts;
  readonly challenger: ScoredVersion;
  /** `null`: there is none, or it cannot be asked. */
  readonly champion: ScoredVersion | null;
  /** Predictions for `part.rows`, laid out as `Predictor.predict` documents. */
  readonly challengerAnswers: Float64Array;
  readonly championAnswers: Float64Array | null;
  /** [rows]: epoch milliseconds; `null` without `time`. */
  readonly instants: Float64Array | null;
  /** Rows that resampling draws together; `null`: each row independently. */
  readonly clusters: RowGroups | null;
  /** Of the resampling: the same question draws the same rows. */
  readonly seed: number;
  readonly replicates: number;
}

/** Asks both models. The champion is left out where `kind` says that the two are not comparable. */
export async function scorePair(
  ports: ScorePairPorts,
  { context, snapshot, prepared }: Question,
  asked: AskedChallenger,
  kind: ComparisonKind,
): Promise<ScoredPair> {
  const live = kind === "refresh" || kind === "change" ? context.champion : null;
  const { part, facts } = await prepared.scoredOn(live?.lineage.holdout ?? null);
  const challenger = await loadChallenger(ports, prepared, asked);
  const champion = live && (await loadVersion(ports, context, prepared, live));
  const instants = await instantsOf(context, prepared, part.rows);
  const seedText = [facts.digest, context.champion?.treeId, snapshot.digests.input].join("|");
  return {
    kind,
    part,
    facts,
    challenger,
    champion,
    challengerAnswers: challenger.predictor.predict(part.features),
    championAnswers: await predictionsOf(champion, part.rows),
    instants,
    clusters: await drawnTogether(context, prepared, part.rows, instants),
    seed: Number.parseInt(sha256(seedText).slice(0, 8), 16),
    replicates: part.rows.length > 50_000 ? 500 : 2000,
  };
}

async function loadChallenger(
  ports: Pick<Ports, "learners">,
  prepared: Prepared,
  { settings, artifact }: AskedChallenger,
): Promise<ScoredVersion> {
  const learner = await ports.learners.get(settings.learner);
  return {
    predictor: await learner.load(artifact),
    features: async (rows) => (await prepared.part(rows)).features,
    bytes: [...artifact.values()].reduce((sum, file) => sum + file.byteLength, 0),
  };
}
