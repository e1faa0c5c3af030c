import type { Predicted } from "@refit/core/answers";
import { preparedRows, rawRows, type Finding, type GivenRows, type InputKind } from "@refit/core/data";
import { PrepareNotRowWiseError, UnreadableDataError, UsageError } from "@refit/core/errors";
import { answersNewRows, applyFeatures, type Predictor } from "@refit/core/runtime";
import type { DataManifest, SourceFormat } from "@refit/core/spec";
import { fetchTables } from "../../data/fetch-tables.ts";
import { withTable } from "../../data/source-table.ts";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import type { RowsInOrder, RowsPart, SourceTable } from "../../ports/tables.ts";
import { loadModel } from "../../scoring/scored-version.ts";
import { answerColumns, answerValues, keptColumns, versionColumn } from "./answer-columns.ts";
import type { AnsweringVersion } from "./answering-version.ts";
import { givenFiles } from "./given-files.ts";
export type { Predicted } from "@refit/core/answers";

type PredictPorts = Pick<
  Ports,
  "files" | "git" | "largeFiles" | "learners" | "out" | "scratch" | "sources" | "streams" | "tables" | "workTree"
>;

export interface PredictRequest {
  readonly version: AnsweringVersion;
  readonly input: InputKind;
  /** As a person wrote them. */
  readonly files: readonly string[];
  /** What standard input has. */
  readonly inputFormat: SourceFormat["format"];
  readonly format: SourceFormat["format"];
  /** Absolute; `null`: standard output. */
  readonly output: string | null;
  readonly usage: string;
}

/**
 * Answers rows of files by a version, in their order: read, cast and prepared by the code that trains, through the version's own
 * transform and learner.
 *
 * @throws UnreadableDataError, PrepareInvalidError, PrepareNotRowWiseError, FeatureMismatchError, UsageError
 */
export async function predict(
  ports: PredictPorts,
  repository: Repository,
  request: PredictRequest,
): Promise<Predicted> {
  const { version, input } = request;
  const { settings } = version;
  checkAnswers(request);
  const keys = keyColumns(version);
  const given =
    input === "raw"
      ? rawRows(version.features, settings.manifest, keys)
      : preparedRows(version.features, settings.manifest, keys);
  const { predictor } = await loadModel(ports, { repository, spec: settings.spec }, version);
  const scratch = await ports.scratch.open(repository.commonDir);
  try {
    const { files: names, inputFormat: format, usage } = request;
    const files = await givenFiles(ports, { names, format, folder: scratch.path, usage });
    const tables = await fetchTables(ports, repository, given.manifest);
    const data = { files, tables, knownTypes: [], declaredOnly: true, mayLack: given.mayLack };
    const open = { ...data, dataset: settings.spec.data, manifest: given.manifest };
    return await withTable(ports, repository, open, (source) =>
      answerTable(ports, source, { request, given, predictor }),
    );
  } finally {
    await scratch.remove();
  }
}

/** Why a version cannot answer such rows at all. */
function checkAnswers({ version, input, usage }: PredictRequest): void {
  const { features, lineage, name, model, isOfThen, settings } = version;
  const called = `${model} ${name}`;
  if (!answersNewRows(lineage.learner.name))
    throw new UsageError(`${called} is a list of imported predictions, which has none for other rows.`, usage);
  const file = features.inputs.find(({ type }) => type === "file");
  if (file !== undefined)
    throw new UsageError(
      `${called} reads files that rows name in "${file.name}", which refit predict does not read.`,
      usage,
    );
  if (input === "prepared") return;
  if (features.rowWise !== true)
    throw new PrepareNotRowWiseError(features.rowWise === false ? "others" : "untold", called);
  if (isOfThen) return;
  const manifest = `data-manifests/${settings.spec.data}.yaml`;
  throw new UsageError(
    `The schema and \`prepare\` that ${called} was trained with are not in any commit that was searched: ${manifest} has changed since. Send prepared rows with --input prepared, or train again.`,
    usage,
  );
}

function keyColumns({ settings: { spec } }: AnsweringVersion): string[] {
  return [...new Set([...[spec.key ?? []].flat(), ...(spec.time === undefined ? [] : [spec.time])])];
}

interface PredictionWork {
  readonly request: PredictRequest;
  readonly given: GivenRows;
  readonly predictor: Predictor;
}

async function answerTable(ports: PredictPorts, source: SourceTable, answering: PredictionWork): Promise<Predicted> {
  const { request, given } = answering;
  const { version, format, output } = request;
  const { target } = version.features;
  const errors = source.findings.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new UnreadableDataError(withTypes(errors, given.manifest));
  ports.out.progress("Preparing rows");
  const answers = answerColumns(target);
  const rows = await source.inOrder({
    sql: given.manifest.prepare ?? null,
    target: target.name,
    answers: answers.length,
  });
  const answered = await answerRows(ports, rows, answering);
  ports.out.progress("Writing");
  const there = new Set([...source.columns, ...rows.columns].map(({ name }) => name));
  const kept = keptColumns(
    keyColumns(version).filter((name) => there.has(name)),
    target,
  );
  const constants = [{ name: versionColumn, value: version.treeId }];
  const file = await rows.write({ format, kept, answers, constants });
  if (output === null) await ports.streams.giveOutput(file);
  else await ports.streams.place(file, output);
  return {
    model: version.model,
    version: version.name,
    treeId: version.treeId,
    input: request.input,
    rows: rows.rows,
    unanswered: rows.rows - answered,
    ignored: source.unread.filter((name) => name !== target.name),
    columns: [...kept.map(({ as }) => as), ...answers.map(({ name }) => name), versionColumn],
  };
}

/** A column that is missing has a type, too. */
function withTypes(findings: readonly Finding[], { schema }: DataManifest): Finding[] {
  const types = new Map(schema.fields.map(({ name, type }) => [name, type]));
  return findings.map((found) => {
    const type = found.code === "missing-column" ? types.get(found.column ?? "") : undefined;
    return type === undefined ? found : { ...found, message: `${found.message} Expected: ${type}.` };
  });
}

/** Values of inputs that lie in memory at once, and rows at most. */
const mostValues = 8_000_000;
const mostRows = 122_880;

/** @returns rows that were answered. */
async function answerRows(
  ports: Pick<Ports, "out">,
  rows: RowsInOrder,
  { request: { version }, predictor }: PredictionWork,
): Promise<number> {
  const { features, settings } = version;
  // Of a version from before, which does not say it, as model.yaml says today.
  const threshold = features.threshold ?? settings.spec.metrics.threshold ?? 0.5;
  const count = Math.max(1024, Math.min(mostRows, Math.floor(mostValues / features.inputs.length)));
  let answered = 0;
  for (let first = 0; first < rows.rows; first += count) {
    ports.out.progress("Predicting", first / rows.rows);
    const part = await rows.part(first, count);
    if (part.places.length === 0) continue;
    const matrix = await applyFeatures(features, reader(rows, part), Uint32Array.from(part.places.keys()));
    const predictions = await predictor.predict(matrix);
    await rows.answer(part.places, answerValues(features.target, predictions, threshold));
    answered += part.places.length;
  }
  return answered;
}

function reader({ columns }: RowsInOrder, part: RowsPart) {
  const known = new Set(columns.map(({ name }) => name));
  return async (name: string) => (known.has(name) ? part.column(name) : null);
}
