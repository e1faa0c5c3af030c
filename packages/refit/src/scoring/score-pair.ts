import { CandidatesInvalidError } from "@refit/core/errors";
import type { HoldoutFacts } from "@refit/core/history";
import { type ComparisonKind, type ElsewhereFacts, isAgainstChampion, type ModelAnswers } from "@refit/core/judge";
import type { Ports } from "../ports/index.ts";
import type { Context } from "../products/context.ts";
import type { Part, Prepared } from "../products/prepared.ts";
import type { Challenger, Training } from "../products/training.ts";
import { askModels } from "./ask-models.ts";
import { answersBefore, type AnswersBefore } from "./challenger-answers.ts";
import { comparableRows, elsewhereFacts, mayHaveSeen } from "./elsewhere.ts";
import { modelAnswers } from "./model-answers.ts";
import { primaryScore } from "./primary-score.ts";
import { loadChallenger, loadProcedure, loadApplied, predictionsOf, type ScoredVersion } from "./scored-version.ts";

/** What is judged, whoever trained it. */
export interface JudgedModels extends Pick<Training, "procedure"> {
  readonly challenger: Pick<Challenger, "settings" | "artifact" | "training" | "known" | "learned" | "declared">;
}

/** The answers of all models to the same unseen rows. */
export interface ScoredPair {
  readonly part: Part;
  readonly facts: HoldoutFacts;
  /** Places of rows that have exactly the feature values of a training row. */
  readonly duplicates: Uint32Array;
  readonly challenger: ScoredVersion;
  /** `null`: there is nothing to compare with. */
  readonly champion: ScoredVersion | null;
  readonly answers: {
    readonly challenger: ModelAnswers;
    readonly champion: ModelAnswers | null;
    /** The version that was last proved better; `null`: it is the champion, or is not asked. */
    readonly anchor: ModelAnswers | null;
  };
  /** The challenger's primary metric on rows that it was trained on; `undefined`: nobody has measured it. */
  readonly training: number | undefined;
  /** Absent: refit has trained both models. */
  readonly elsewhere: ElsewhereFacts | undefined;
}

const noProcedure =
  "it has no model that was trained with the champion's settings, and the champion has seen the holdout";

/** What the challenger is compared with, and as what. */
interface Pairing {
  readonly context: Context;
  readonly kind: ComparisonKind;
}

/** @throws CandidatesInvalidError where another job has trained, and left out what the comparison needs. */
export async function scorePair(
  ports: Pick<Ports, "files" | "git" | "largeFiles" | "learners">,
  { context, kind }: Pairing,
  prepared: Prepared,
  training: JudgedModels,
): Promise<ScoredPair> {
  const opponent = isAgainstChampion(kind) ? context.champion : null;
  const { procedure } = training;
  const isElsewhere = opponent?.lineage.declared !== undefined;
  if (opponent !== null && !prepared.split.unseen && procedure === null && !isElsewhere)
    throw new CandidatesInvalidError(noProcedure);
  const champion = opponent && (await loadOpponent());
  const challenger = await loadChallenger(ports, prepared, training.challenger);
  const models = { ...training, scored: challenger, champion, opponent: opponent?.lineage ?? null };
  const pick = (rows: Uint32Array) => comparableRows(context, prepared, models, rows);
  const { part, facts } = await prepared.scoredOn(models.opponent, pick);
  const duplicates = placesOf(await prepared.duplicates(), part.rows);
  const anchor = await loadAnchor(ports, { context, kind }, prepared, {
    procedure,
    opponent,
    champion,
    rows: part.rows,
  });
  const judged = { part, challenger, champion, anchor };
  return {
    part,
    facts,
    duplicates,
    challenger,
    champion,
    ...(await answersOfAll(context, prepared, training.challenger, judged)),
    elsewhere: await elsewhereFacts(context, prepared, models, part.rows),
  };

  async function loadOpponent(): Promise<ScoredVersion | null> {
    const version = await loadApplied(ports, context, prepared, opponent!);
    return version === null || procedure === null ? version : loadProcedure(ports, context, version, procedure);
  }
}

interface AgainstAnchor extends Pick<JudgedModels, "procedure"> {
  readonly opponent: Context["champion"];
  readonly champion: ScoredVersion | null;
  readonly rows: Uint32Array;
}

/** A change must be better than the champion, so the anchor has no say; nor has it where it may have seen the rows. */
async function loadAnchor(
  ports: Parameters<typeof loadApplied>[0],
  { context, kind }: Pairing,
  prepared: Prepared,
  { procedure, opponent, champion, rows }: AgainstAnchor,
): Promise<ScoredVersion | null> {
  const asked = kind === "refresh" && champion !== null && procedure === null;
  const treeId = asked ? (opponent?.lineage.anchor ?? null) : null;
  const version = treeId === null ? null : await loadApplied(ports, context, prepared, { treeId });
  if (version === null || version.predictor.knows !== undefined) return null;
  return mayHaveSeen(version.declared, prepared, rows) === 0 ? version : null;
}

interface AskedModels extends Pick<ScoredPair, "part" | "challenger" | "champion"> {
  readonly anchor: ScoredVersion | null;
}

/** What all of them answer for the same rows, and the challenger for some that it has learned from. */
async function answersOfAll(
  { spec }: Context,
  prepared: Prepared,
  { artifact, known, training }: JudgedModels["challenger"],
  { part, challenger, champion, anchor }: AskedModels,
): Promise<Pick<ScoredPair, "answers" | "training">> {
  const { target, table } = prepared;
  const model = { artifact, predictor: challenger.predictor };
  const isProgram = [challenger, champion, anchor].some((version) => version?.predictor.starts === true);
  const [found, ofChampion, ofAnchor] = await askModels<[AnswersBefore, Float64Array | null, Float64Array | null]>(
    [
      () => answersBefore(model, prepared, { judged: part, known, seed: spec.seed }),
      () => predictionsOf(champion, part.rows),
      () => predictionsOf(anchor, part.rows),
    ],
    { atOnce: isProgram },
  );
  const answersOf = (given: Float64Array) => modelAnswers({ spec, table }, target, part.rows, given);
  return {
    training:
      known === undefined || found.known === null
        ? training
        : primaryScore({ spec, target }, known, { predictions: found.known }),
    answers: {
      challenger: await answersOf(found.judged),
      champion: ofChampion && (await answersOf(ofChampion)),
      anchor: ofAnchor && (await answersOf(ofAnchor)),
    },
  };
}

/** Where the rows of `some` stand in `rows`; both ascending. */
function placesOf(some: Uint32Array, rows: Uint32Array): Uint32Array {
  const wanted = new Set(some);
  return Uint32Array.from(rows.keys()).filter((place) => wanted.has(rows[place]!));
}
