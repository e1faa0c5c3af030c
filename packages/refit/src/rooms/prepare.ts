import type { Prepared } from "../products/prepared.ts";
import type { Part } from "../products/prepared.ts";
import {
  acceptSuspects,
  encodeTarget,
  findLeakage,
  labelledRows,
  fitFeatures,
  fitTarget,
  splitRows,
  unseenRows,
  type Split,
} from "@refit/core/data";
import { ColumnMissingError, TimeTypeError } from "@refit/core/errors";
import type { HoldoutFacts } from "@refit/core/history";
import { pickRows } from "@refit/core/judge";
import { applyFeatures } from "@refit/core/runtime";
import { holdoutDigest } from "../data/holdout-digest.ts";
import { rowWeights } from "../data/row-weights.ts";
import type { Ports } from "../ports/index.ts";
import type { PreparedTable, SourceTable } from "../ports/tables.ts";
import { fetchFiles } from "../data/snapshot-files.ts";
import { withSource } from "../data/source-table.ts";
import type { Context } from "../products/context.ts";
import type { Snapshot } from "../products/snapshot.ts";

type WithPreparedPorts = Pick<Ports, "git" | "sources" | "tables" | "out">;

/** Room 5: run `prepare`, split, fit the transform on training rows, look for leakage. */
export async function withPrepared<T>(
  ports: WithPreparedPorts,
  context: Context,
  snapshot: Snapshot,
  use: (prepared: Prepared) => Promise<T>,
): Promise<T> {
  const files = await fetchFiles(ports, context.repository, snapshot.sources);
  return withSource(ports, context, files, async (source) => use(await prepareRows(ports, context, source)));
}

async function prepareRows(ports: Pick<Ports, "out">, context: Context, source: SourceTable): Promise<Prepared> {
  const { spec, manifest } = context;
  ports.out.progress("Preparing rows");
  const key = spec.key === undefined ? [] : [spec.key].flat();
  const group = spec.group ?? null;
  const table = await source.prepare({
    sql: manifest.prepare ?? null,
    target: spec.target,
    time: spec.time ?? null,
    key: group !== null && spec.time === undefined ? [group] : key,
  });
  const names = table.columns.map((column) => column.name);
  const known = new Set(names);
  if (group !== null && !known.has(group)) throw new ColumnMissingError("group", group, names);
  const read = async (name: string) => (known.has(name) ? table.column(name) : null);

  const time = spec.time === undefined ? null : { name: spec.time, values: await instants(table, spec.time) };
  const weights = await rowWeights(spec, table);
  const targetColumn = await table.column(spec.target);
  const positions = await table.positions();
  const digests = await table.rowDigests();
  const { fraction: validationFraction } = spec.validation;
  const split = splitRows({
    rows: labelledRows(targetColumn),
    time,
    positions,
    policy: spec.holdout,
    validationFraction,
  });
  const trainingSide = concatenated(split.train, split.validation);
  const target = fitTarget(targetColumn, spec, trainingSide);
  const labels = encodeTarget(targetColumn, target);
  const featureSpec = await fitFeatures({
    columns: table.columns,
    read: (name) => table.column(name),
    trainRows: trainingSide,
    spec,
    target,
    targetInputs: table.targetInputs,
    sourceTypes: source.columns,
  });
  const part = async (rows: Uint32Array): Promise<Part> => ({
    rows,
    target: pickRows(labels, rows),
    ...(weights && { weights: pickRows(weights, rows) }),
    features: await applyFeatures(featureSpec, read, rows),
  });
  const scoredOn = async (opponent: HoldoutFacts | null) => {
    const rows =
      opponent === null ? split.holdout : unseenRows(split.holdout, opponent, time?.values ?? null, positions);
    return { part: await part(rows), facts: holdoutFacts(context, split, rows, digests) };
  };
  const leakage = await findLeakage({ featureSpec, read, labels, digests, key, group, split });
  const findings = acceptSuspects(leakage.findings, manifest.checks);
  const { duplicates } = leakage;
  return {
    table,
    read,
    split,
    trainingSide,
    target,
    featureSpec,
    findings,
    labels,
    weights,
    duplicates,
    part,
    scoredOn,
  };
}

function holdoutFacts({ spec }: Context, split: Split, rows: Uint32Array, digests: BigUint64Array): HoldoutFacts {
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return {
    kind: split.kind,
    from: iso(split.from),
    to: iso(split.to),
    fraction: split.kind === "hash" ? (spec.holdout.fraction ?? 0.2) : null,
    rows: rows.length,
    digest: holdoutDigest(rows, digests),
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
  return rows.sort();
}
