import type { Prepared, Transform } from "../products/prepared.ts";
import {
  acceptSuspects,
  checkCandidateColumns,
  checkClasses,
  encodeTarget,
  findLeakage,
  labelledRows,
  type Leakage,
  type LeakageRequest,
  fitFeatures,
  fitTarget,
  splitRows,
  unseenRows,
  type Finding,
  type Profile,
  repeatedKeys,
  type Split,
} from "@refit/core/data";
import { ColumnMissingError, TimeTypeError } from "@refit/core/errors";
import { learnedUntil, type HoldoutFacts, type Lineage } from "@refit/core/history";
import { pickRows } from "@refit/core/judge";
import { applyFeatures, commandDescriptor, type Column } from "@refit/core/runtime";
import { candidatesOf, type ModelSpec } from "@refit/core/spec";
import { futureKnowledge } from "../data/future-knowledge.ts";
import { holdoutDigest } from "../data/holdout-digest.ts";
import { leakageKey } from "../data/leakage-key.ts";
import { profileFiles } from "../data/profile-files.ts";
import { rowPlaces, type RowPlaces } from "../data/row-places.ts";
import { rowWeights } from "../data/row-weights.ts";
import type { Ports } from "../ports/index.ts";
import type { PreparedTable, SourceTable } from "../ports/tables.ts";
import { fetchData } from "../data/snapshot-files.ts";
import { withSource } from "../data/source-table.ts";
import type { RowContext } from "../products/context.ts";
import type { DataFiles } from "../products/snapshot.ts";
import { checkOwnMetrics } from "./check-own-metrics.ts";

type WithPreparedPorts = Pick<Ports, "scratch" | "files" | "git" | "out" | "sources" | "tables">;

/** What is done with the rows, whichever they turn out to be. */
export interface PreparedUse<T> {
  prepared(prepared: Prepared): Promise<T>;
  /**
   * All rows together break what is declared. The snapshot checks new rows by the rules of today; a rule that is newer than a row, and a
   * value that repeats in files that came one by one, show only here.
   */
  broken(findings: readonly Finding[]): Promise<T>;
}

/** Room 5: run `prepare`, split, fit the transform on training rows, look for leakage. */
export async function withPrepared<T>(
  ports: WithPreparedPorts,
  context: RowContext,
  snapshot: DataFiles,
  use: PreparedUse<T>,
): Promise<T> {
  const data = await fetchData(ports, context.repository, snapshot);
  return withSource(ports, context, { ...data, toPrepare: true }, async (source) => {
    const errors = source.findings.filter(({ severity }) => severity === "error");
    if (errors.length > 0) return use.broken(errors);
    const rows = await prepareSource(ports, context, source);
    let profiles: ReturnType<Prepared["profiles"]> | null = null;
    return use.prepared({ ...rows, profiles: () => (profiles ??= profilesOf(ports, context, snapshot)) });
  });
}

async function profilesOf(
  ports: WithPreparedPorts,
  context: RowContext,
  { sources }: Pick<DataFiles, "sources">,
): Promise<ReadonlyMap<string, Profile>> {
  const { profiles } = await profileFiles(ports, context, sources);
  return new Map(profiles.map(({ content, profile }) => [content, profile]));
}

async function prepareSource(
  ports: Pick<Ports, "files" | "git" | "out">,
  context: RowContext,
  source: SourceTable,
): Promise<Omit<Prepared, "profiles">> {
  const { spec, manifest } = context;
  ports.out.progress("Preparing rows");
  const table = await prepareTable(context, source);
  const known = new Set(table.columns.map(({ name }) => name));
  const read = async (name: string) => (known.has(name) ? table.column(name) : null);
  const facts = await rowFacts(spec, table);

  const targetColumn = await table.column(spec.target);
  const labelled = labelledRows(targetColumn);
  const split = splitRows({
    rows: labelled,
    time: facts.time,
    positions: facts.places.positions,
    policy: spec.holdout,
    validation: spec.validation,
    learnedUntil: learnedBy(context.champion),
  });
  const trainingSide = concatenated(split.train, split.validation);
  const fit = transformFitter(context, { table, source, read, targetColumn, weights: facts.weights });
  const { target, featureSpec, labels, part } = await fit(trainingSide);
  await checkOwnMetrics(ports, context, { table, target });
  const { places, weights } = facts;
  const isSensitive = manifest.sensitive.includes(spec.target);
  const leakage = onceAsked(async () => {
    const request = { featureSpec, read, labels, digests: places.sides, key: keyOf(spec), group: spec.group ?? null };
    const found = await leakageOf(table, { ...request, split });
    return places.copies === "apart" ? withoutDuplicates(found) : found;
  });
  // A program leaves this process free while it trains; a learner of ours does not.
  if (!candidatesOf(spec).some(({ learner }) => learner === commandDescriptor.name)) await leakage();
  const classes = checkClasses(targetColumn, { name: spec.target, sensitive: isSensitive }, labels, split.holdout);
  const left = repeatedKeys(keyOf(spec), table.repeatedKeys);
  const ahead = await futureKnowledge(context, table, featureSpec);
  return {
    table,
    read,
    times: facts.time?.values ?? null,
    labelled,
    split,
    trainingSide,
    target,
    featureSpec,
    findings: async () => {
      const suspects = acceptSuspects((await leakage()).findings, manifest.checks);
      return [...left, ...places.findings, ...suspects, ...ahead, ...classes];
    },
    labels,
    weights,
    duplicates: async () => (await leakage()).duplicates,
    lookForLeakage: () => void leakage(),
    part,
    fit,
    scoredOn: holdoutReader(context, { split, facts, part }),
  };
}

interface HoldoutInputs extends Pick<Prepared, "split" | "part"> {
  readonly facts: RowFacts;
}

function holdoutReader(context: RowContext, { split, facts, part }: HoldoutInputs): Prepared["scoredOn"] {
  return async (champion, pick) => {
    const unseen = await unseenBy(champion, split, facts);
    const rows = await pick(unseen);
    const isShorter = rows.length < unseen.length;
    const from = isShorter ? (facts.time?.values[rows[0]!] ?? split.from) : split.from;
    return { part: await part(rows), facts: holdoutFacts(context, { ...split, from }, rows, facts.places) };
  };
}

/** Whoever asks gets the same answer. A failure is told when it is asked for, and not before. */
function onceAsked<Answer>(find: () => Promise<Answer>): () => Promise<Answer> {
  let found: Promise<Answer> | null = null;
  return () => {
    found ??= find();
    found.catch(() => {});
    return found;
  };
}

function leakageOf(table: PreparedTable, request: LeakageRequest): Promise<Leakage> {
  return table.findOut(
    () => leakageKey(request),
    () => findLeakage(request),
  );
}

/** Rows that are equal by nature are told as that, and no metric without them is of use. */
function withoutDuplicates({ findings }: Leakage): Leakage {
  return {
    findings: findings.filter(({ code }) => code !== "duplicate-features"),
    duplicates: new Uint32Array(0),
  };
}

/** Newest instant that the champion has learned from, epoch milliseconds. */
function learnedBy(champion: RowContext["champion"]): number | null {
  const learned = champion && learnedUntil(champion.lineage);
  return learned === null ? null : Date.parse(learned);
}

/** What fitting reads, whatever the rows. */
interface FitInputs extends Pick<Prepared, "table" | "read" | "weights"> {
  readonly source: SourceTable;
  readonly targetColumn: Column;
}

function transformFitter(
  { spec }: RowContext,
  { table, source, read, targetColumn, weights }: FitInputs,
): Prepared["fit"] {
  return async (trainRows) => {
    const target = fitTarget(targetColumn, spec, trainRows);
    const labels = encodeTarget(targetColumn, target);
    const featureSpec = await fitFeatures({
      columns: table.columns,
      read: (name) => table.column(name),
      trainRows,
      spec,
      target,
      targetInputs: table.targetInputs,
      sourceTypes: source.columns,
    });
    checkCandidateColumns(spec.candidates, featureSpec);
    return { target, featureSpec, labels, part: partReader({ read, featureSpec, labels, weights }) };
  };
}

const keyOf = ({ key }: ModelSpec): readonly string[] => (key === undefined ? [] : [key].flat());

/** Runs `prepare`. @throws ColumnMissingError where it leaves no column that the model calls `group`. */
export async function prepareTable({ spec, manifest }: RowContext, source: SourceTable): Promise<PreparedTable> {
  const { group } = spec;
  const table = await source.prepare({
    sql: manifest.prepare ?? null,
    target: spec.target,
    time: spec.time ?? null,
    key: group !== undefined && spec.time === undefined ? [group] : keyOf(spec),
    unique: keyOf(spec),
  });
  const names = table.columns.map(({ name }) => name);
  if (group !== undefined && !names.includes(group)) throw new ColumnMissingError("group", group, names);
  return table;
}

/** What decides on which side of the split each row is, and what it counts. All are [rows of the table]. */
interface RowFacts {
  /** Epoch milliseconds; `null`: the split is by position. */
  readonly time: { readonly name: string; readonly values: Float64Array } | null;
  /** Sample weights; `null`: all 1. */
  readonly weights: Float64Array | null;
  readonly places: RowPlaces;
}

async function rowFacts(spec: ModelSpec, table: PreparedTable): Promise<RowFacts> {
  return {
    time: spec.time === undefined ? null : { name: spec.time, values: await instants(table, spec.time) },
    weights: await rowWeights(spec, table),
    places: await rowPlaces(spec, table),
  };
}

/** Reads features, target and weights of the rows that are asked for; nothing is kept. */
function partReader({
  read,
  featureSpec,
  labels,
  weights,
}: Pick<Prepared, "read" | "featureSpec" | "labels" | "weights">): Transform["part"] {
  return async (rows) => ({
    rows,
    target: pickRows(labels, rows),
    ...(weights && { weights: pickRows(weights, rows) }),
    features: await applyFeatures(featureSpec, read, rows),
  });
}

/** Holdout rows that the champion was not trained on; all of them where not it but its procedure is compared. */
async function unseenBy(
  champion: Lineage | null,
  { holdout, unseen }: Split,
  { time, places }: RowFacts,
): Promise<Uint32Array> {
  // Whether a model that was trained elsewhere has seen rows is told, and never decided here.
  if (champion === null || !unseen || champion.declared !== undefined) return holdout;
  const { kind, copies = "together" } = champion.holdout;
  const positions = kind === "hash" ? await places.by(copies) : places.positions;
  return unseenRows(holdout, champion, time?.values ?? null, positions);
}

function holdoutFacts({ spec }: RowContext, split: Split, rows: Uint32Array, places: RowPlaces): HoldoutFacts {
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return {
    kind: split.kind,
    from: iso(split.from),
    to: iso(split.to),
    fraction: split.kind === "hash" ? (spec.holdout.fraction ?? 0.2) : null,
    ...(split.kind === "hash" && places.copies === "apart" && { copies: places.copies }),
    rows: rows.length,
    digest: holdoutDigest(rows, places.digests),
    trainedUntil: iso(split.trainedUntil),
  };
}

async function instants(table: PreparedTable, name: string): Promise<Float64Array> {
  const column = await table.column(name);
  if (column.kind === "text" || (column.type !== "date" && column.type !== "datetime")) {
    throw new TimeTypeError(name, column.type);
  }
  return column.values;
}

function concatenated(a: Uint32Array, b: Uint32Array): Uint32Array {
  const rows = new Uint32Array(a.length + b.length);
  rows.set(a);
  rows.set(b, a.length);
  // By time, all of the one come before those of the other.
  const isSorted = a.length === 0 || b.length === 0 || a.at(-1)! < b[0]!;
  return isSorted ? rows : rows.sort();
}
