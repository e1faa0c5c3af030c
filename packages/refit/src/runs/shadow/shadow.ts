import { RefitError } from "@refit/core/errors";
import { canonicalJson } from "@refit/core/history";
import { shadowFacts } from "@refit/core/judge";
import type { ShadowAnswer } from "@refit/core/report";
import type { DataManifest, ModelSpec } from "@refit/core/spec";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import { readSpecs } from "../../rooms/read.ts";
import { declaredGroups } from "../../scoring/declared-groups.ts";
import { measureLatency } from "../../scoring/measure-latency.ts";
import { sha256 } from "../../sha256.ts";
import { historyOfNamed } from "../../versions/unknown-model.ts";
import { newestLogged, type LoggedPart, type LoggedRow, type LogPorts } from "./logged-rows.ts";
import { loggedTexts } from "./logged-texts.ts";
import { answersTo, type RowAnswers } from "./row-answers.ts";
import { servedSkew } from "./served-skew.ts";
import { findChallenger, openShadowed, type FoundChallenger, type ShadowedVersion } from "./shadowed-versions.ts";

type ShadowPorts = Pick<Ports, "forge" | "git" | "largeFiles" | "learners" | "out" | "sources"> & LogPorts;

export interface LogReplay {
  readonly model: string;
  /** `v3` or a tree id; `undefined`: the version of the open proposal. */
  readonly wanted: string | undefined;
  /** Absolute; of the prediction log. */
  readonly folder: string;
  /** The newest rows of it, at most. */
  readonly rows: number;
}

/** What a replay has found, without what became of it. */
export interface ShadowRun {
  readonly answer: Omit<ShadowAnswer, "shown">;
  /** Where it belongs to the report of an open proposal; `null`: nowhere. */
  readonly proposal: FoundChallenger["proposal"];
  /** Of all that was found except for times and where rows lie: the same rows and versions give the same. */
  readonly digest: string;
}

/**
 * Asks the champion and another version the newest logged rows again, and compares their answers. Nothing is written.
 *
 * @throws ModelUnknownError, VersionUnknownError
 */
export async function shadow(ports: ShadowPorts, repository: Repository, request: LogReplay): Promise<ShadowRun> {
  const { model, wanted, folder, rows: most } = request;
  const { history } = await historyOfNamed(ports, repository, model);
  const challenger = await findChallenger(ports, repository, { model, history, wanted });
  const live = history.champion;
  const champion = live && { label: `v${live.number}`, treeId: live.treeId };
  const logged = await newestLogged(ports, repository, { folder, model }, most);
  const named = ({ label, treeId }: FoundChallenger) => ({ label, treeId });
  const nothing = {
    model,
    champion,
    challenger: challenger && named(challenger),
    log: logOf(logged),
    ...notReplayed,
  };
  const ended = (answer: ShadowRun["answer"]): ShadowRun => ({
    answer,
    proposal: challenger?.proposal ?? null,
    digest: sha256(canonicalJson({ ...answer, log: { ...answer.log, files: 0 }, latency: null })).slice(0, 16),
  });
  const why = (whyNot: string) => ended({ ...nothing, whyNot });
  if (challenger === null) return why("There is no open proposal that brings another version.");
  if (champion === null) return why("There is no champion to compare with.");
  if (challenger.treeId === champion.treeId) return why(`${challenger.label} and ${champion.label} are the same.`);
  if (logged.rows.length === 0) return why("The log has no prediction of this model.");
  const { spec, manifest } = await readSpecs(ports, repository, model, { workTree: false });
  const [before, now] = [
    await openShadowed(ports, { repository, spec }, champion),
    await openShadowed(ports, { repository, spec }, challenger),
  ];
  if (typeof before === "string") return why(before);
  if (typeof now === "string") return why(now);
  if (JSON.stringify(before.features.target) !== JSON.stringify(now.features.target))
    return why(`${challenger.label} predicts something else than ${champion.label}.`);
  const { unreadable, ...found } = await replay(
    ports,
    { champion: before, challenger: now, spec, manifest },
    logged.rows,
  );
  return ended({ ...nothing, ...found, log: { ...nothing.log, unreadable } });
}

const notReplayed = {
  exact: 0,
  missing: [],
  skew: null,
  compared: null,
  missingSlices: [],
  latency: null,
} as const;

function logOf({ rows, files, damaged, repeated }: LoggedPart): ShadowAnswer["log"] {
  const [last, first] = [rows[0], rows.at(-1)];
  return {
    rows: rows.length,
    from: first?.time ?? null,
    to: last?.time ?? null,
    files,
    damaged,
    repeated,
    unreadable: 0,
  };
}

interface ShadowPair {
  readonly champion: ShadowedVersion;
  readonly challenger: ShadowedVersion;
  readonly spec: ModelSpec;
  readonly manifest: DataManifest;
}

type ReplayFacts = Pick<
  ShadowAnswer,
  "exact" | "missing" | "skew" | "compared" | "whyNot" | "missingSlices" | "latency"
> & {
  readonly unreadable: number;
};

/** So many exact rows say enough without the others. */
const enough = 100;
const mostTimed = 1000;

async function replay(ports: ShadowPorts, pair: ShadowPair, logged: readonly LoggedRow[]): Promise<ReplayFacts> {
  const { champion, challenger, manifest } = pair;
  const rows = await readableRows(pair, logged);
  const lacking = rows.map(({ input }) => new Set([...champion.lacking(input), ...challenger.lacking(input)]));
  const exact = rows.filter((_, i) => lacking[i]!.size === 0);
  const common = {
    exact: exact.length,
    unreadable: logged.length - rows.length,
    missing: missingColumns(lacking, manifest),
  };
  ports.out.progress("Replaying logged rows");
  const isExact = exact.length === rows.length || exact.length >= enough;
  const answers =
    (isExact ? null : await answersToAll(pair, rows)) ??
    (exact.length === 0 ? null : await answersOf(pair, rows, exact));
  if (answers === null)
    return { ...notReplayed, ...common, whyNot: "No logged row has all the inputs that one of the two needs." };
  return {
    ...common,
    whyNot: null,
    ...(await comparedAnswers(pair, answers, exact.length)),
    skew: servedSkew(champion, answers.champion),
    latency: await latencyOf(ports, pair, [...answers.challenger.keys()]),
  };
}

/** What both have answered. The champion may have been asked more rows. */
interface BothAnswers {
  readonly champion: RowAnswers;
  readonly challenger: RowAnswers;
}

/** @returns `null`: one of them takes no row that lacks an input. */
async function answersToAll(pair: ShadowPair, rows: readonly LoggedRow[]): Promise<BothAnswers | null> {
  try {
    return { champion: await answersTo(pair.champion, rows), challenger: await answersTo(pair.challenger, rows) };
  } catch (error) {
    if (error instanceof RefitError) return null;
    throw error;
  }
}

/** The champion is asked at once what it is compared with itself on: a program may have to be started for each question. */
async function answersOf(
  { champion, challenger }: ShadowPair,
  rows: readonly LoggedRow[],
  exact: readonly LoggedRow[],
): Promise<BothAnswers> {
  const own = rows.filter(({ input }) => champion.lacking(input).length === 0);
  return { champion: await answersTo(champion, own), challenger: await answersTo(challenger, exact) };
}

async function comparedAnswers(
  { champion, challenger, spec, manifest }: ShadowPair,
  answers: BothAnswers,
  exact: number,
): Promise<Pick<ShadowAnswer, "compared" | "missingSlices">> {
  const asked = [...answers.challenger.keys()];
  const read = loggedTexts(asked);
  const { slices, missing } = await declaredGroups({ spec, manifest }, { read }, Uint32Array.from(asked.keys()));
  const { target } = champion.features;
  const of = ({ threshold }: ShadowedVersion, given: RowAnswers) => ({
    predictions: Float64Array.from(asked.flatMap((row) => [...given.get(row)!])),
    threshold,
  });
  const facts = shadowFacts({
    target,
    champion: of(champion, answers.champion),
    challenger: of(challenger, answers.challenger),
    slices,
    sensitive: manifest.sensitive.includes(target.name),
  });
  return { compared: { ...facts, exactly: asked.length === exact }, missingSlices: missing };
}

/** Those whose values both can read. */
async function readableRows({ champion, challenger }: ShadowPair, rows: readonly LoggedRow[]): Promise<LoggedRow[]> {
  const inputs = rows.map(({ input }) => input);
  const [first, second] = [await champion.readable(inputs), await challenger.readable(inputs)];
  return rows.filter((_, i) => first[i] === true && second[i] === true);
}

function missingColumns(lacking: readonly ReadonlySet<string>[], { sensitive }: ShadowPair["manifest"]) {
  const counts = new Map<string, number>();
  for (const columns of lacking) for (const column of columns) counts.set(column, (counts.get(column) ?? 0) + 1);
  return [...counts]
    .sort(([a, few], [b, many]) => many - few || (a < b ? -1 : 1))
    .map(([column, rows]) => ({ column, rows, sensitive: sensitive.includes(column) }));
}

/** Timed on this machine in turn; `null`: a program answers, whose start would take longest. */
async function latencyOf(
  { clock }: Pick<Ports, "clock">,
  { champion, challenger, spec }: ShadowPair,
  rows: readonly LoggedRow[],
): Promise<ShadowAnswer["latency"]> {
  if (!champion.answersAtOnce || !challenger.answersAtOnce) return null;
  const batch = rows.slice(0, mostTimed).map(({ input }) => input);
  const timed = ({ answer }: ShadowedVersion) => ({
    predictor: { predict: async () => answer(batch) },
    features: { rows: batch.length, columns: [] },
  });
  const facts = await measureLatency(clock, timed(champion), timed(challenger), spec.seed);
  const { ms, ratio, interval } = facts.champion!;
  if (!Number.isFinite(ratio)) return null; // the clock is too coarse for so few rows
  return { rows: batch.length, championMs: ms, challengerMs: facts.challengerMs, ratio, interval: [...interval] };
}
