import type { Finding } from "@refit/core/data";
import { UnreadableDataError } from "@refit/core/errors";
import type { Column } from "@refit/core/runtime";
import { dataManifest, type DataManifest } from "@refit/core/spec";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import type { FetchedFile } from "../../ports/sources.ts";
import type { SurveyedSource } from "../../ports/surveys.ts";
import type { PreparedTable, SourceTable } from "../../ports/tables.ts";
import { besideNotes, filesToInspect, type InspectRequest } from "./data-files.ts";
import { decideRows, type DecidedRows } from "./decide-rows.ts";
import type { DeclaredColumn } from "./declared-column.ts";
import type { SeenColumn } from "./declare-columns.ts";
import { findFiles } from "./find-files.ts";
import { inferKey, isIdentifierName } from "./infer-key.ts";
import { inferRhythm } from "./infer-rhythm.ts";
import { inferTask, type InferredModel } from "./infer-spec.ts";
import { missingWords } from "./missing-words.ts";
import { findLeaks, leakNotes } from "./leaks.ts";
import { fractionNote, keyNote, placedNotes, timeNotes } from "./notes.ts";

type InspectDataPorts = Pick<Ports, "files" | "scratch" | "sources" | "surveys" | "tables" | "out">;

export interface Inspection extends Pick<DecidedRows, "empty" | "missingValues" | "target" | "time"> {
  readonly columns: readonly DeclaredColumn[];
  readonly prepare: string | null;
  readonly key: string | null;
  /** A column of files that identifies a row and stays a feature; `null`: none, or there is a `key`. */
  readonly primaryKey: string | null;
  readonly found: InferredModel;
  /** What was decided, and what a person should decide, as sentences. */
  readonly notes: readonly string[];
}

/** The files, where they can be read, and room for what is made of them. */
interface Reading {
  readonly files: readonly FetchedFile[];
  readonly scratch: string;
}

/**
 * What data files suggest: reads them once to see how they are written, and once more as they are then declared.
 *
 * @throws UnreadableDataError; UsageError in the words of the options that were given
 */
export async function inspectData(
  ports: InspectDataPorts,
  repository: Repository,
  request: InspectRequest,
): Promise<Inspection> {
  const scratch = await ports.scratch.open(repository.commonDir);
  try {
    const { files, findings } = await filesToInspect(ports, repository, request, scratch.path);
    ports.out.progress("Reading data");
    const reading = { files, scratch: scratch.path };
    const decided = await lookAt({ ports, repository }, reading, findings, request);
    const inspection = await readAsDeclared(ports, reading, decided);
    return { ...inspection, notes: [...inspection.notes, ...(await besideNotes(ports, repository, request))] };
  } finally {
    await scratch.remove();
  }
}

const manifestOf = (schema: object): DataManifest => dataManifest.parse({ sources: [{ path: "*" }], schema });

async function lookAt(
  { ports, repository }: { readonly ports: InspectDataPorts; readonly repository: Repository },
  { files, scratch }: Reading,
  listed: readonly Finding[],
  request: InspectRequest,
): Promise<DecidedRows> {
  const manifest = manifestOf({ missingValues: ["", ...missingWords] });
  const survey = await ports.surveys.open({ dataset: "init", files, manifest, knownTypes: [], scratch });
  try {
    refuse([...listed, ...survey.findings]);
    const columns = await seenColumns(survey);
    const dataFiles = files.map((file) => file.path);
    const others = [request.target, request.time];
    const named = await findFiles(ports.files, repository, columns, { others, dataFiles });
    return await decideRows(survey, { columns, files: named }, request);
  } finally {
    await survey.close();
  }
}

/** A header among the rows is refused, too: each column would have a text that nobody meant. */
function refuse(findings: readonly Finding[]): void {
  const problems = findings.filter(({ severity, code }) => severity === "error" || code === "header-again");
  if (problems.length > 0) throw new UnreadableDataError(problems);
}

/** All texts of columns of text; of the others those that often mean that there is no value. */
async function seenColumns(survey: SurveyedSource): Promise<SeenColumn[]> {
  const words = survey.columns.filter(({ type }) => type === "string").map(({ name }) => name);
  const others = survey.columns.filter(({ type }) => type !== "string").map(({ name }) => name);
  const texts = new Map([...(await survey.texts(words, null)), ...(await survey.texts(others, missingWords))]);
  return survey.columns.map((column) => ({ ...column, texts: texts.get(column.name) ?? [] }));
}

async function readAsDeclared(ports: InspectDataPorts, reading: Reading, decided: DecidedRows): Promise<Inspection> {
  const { target, time, columns, missingValues } = decided;
  const fields = columns.map(asText);
  const request = {
    dataset: "init",
    ...reading,
    manifest: manifestOf({ fields, missingValues }),
    knownTypes: [],
    toPrepare: true,
  };
  const table = await ports.tables.open(request);
  try {
    refuse(table.findings);
    const { prepare, prepared, notes } = await prepareWith(table, decided);
    const read: Column[] = [];
    for (const { name, type } of columns) {
      if (type === "string" || type === "integer" || type === "file") read.push(await prepared.column(name));
    }
    const files = columns.filter(({ type }) => type === "file").map(({ name }) => name);
    const { key: inferred, unsure } = inferKey(read, target);
    const isFile = inferred !== null && files.includes(inferred);
    const key = isFile ? null : inferred;
    const found = await inferModel(prepared, target, time);
    const leaks = await findLeaks(prepared, found.task, { target, others: [time, key, ...files] });
    const wide = widened(decided, { key, task: found.task });
    return {
      columns: wide,
      empty: decided.empty,
      missingValues,
      target,
      time,
      prepare,
      key,
      primaryKey: isFile ? inferred : null,
      found,
      notes: [
        ...placedNotes(notes, decided),
        ...fractionNote(columns, wide),
        ...keyNote(inferred, unsure, isFile),
        ...leakNotes(leaks),
        ...timeNotes(columns, { time, target, leaks: leaks.map(({ column }) => column) }),
      ],
    };
  } finally {
    await table.close();
  }
}

/** What files hold decides nothing here, so that paths do instead of them. */
function asText(column: DeclaredColumn): DeclaredColumn {
  if (column.type !== "file") return column;
  const { folder: _begin, ...text } = column;
  return { ...text, type: "string" };
}

/** Leaves out what looks like a footer only where no other row is left out with it. */
async function prepareWith(table: SourceTable, decided: DecidedRows) {
  const { target, time, footer } = decided;
  const rows = [...table.rowsByFile.values()].reduce((sum, each) => sum + each, 0);
  const run = (sql: string | null) => table.prepare({ sql, target, time, key: [] });
  const without = decided.prepareWithout(null);
  const prepared = await run(without);
  if (footer === null) return { prepare: without, prepared, notes: decided.notes };
  const dropped = decided.prepareWithout(footer.condition);
  const kept = await run(dropped);
  const untimed = rows - prepared.rows;
  return kept.rows >= rows - footer.rows - untimed && kept.rows < rows
    ? { prepare: dropped, prepared: kept, notes: [...decided.notes, footer.note] }
    : { prepare: without, prepared, notes: [...decided.notes, footer.doubt] };
}

/**
 * Types as wide as the next file needs: whole numbers today are numbers, unless they name things or classes. Where the other
 * columns write fractions with a comma, theirs would have one.
 */
function widened(
  { columns, target, fractions }: DecidedRows,
  { key, task }: { readonly key: string | null; readonly task: InferredModel["task"] },
): DeclaredColumn[] {
  return columns.map((column) => {
    const { name, type } = column;
    const isName = name === key || isIdentifierName(name) || (name === target && task !== "regression");
    if (type !== "integer" || isName) return column;
    return { ...column, type: "number", ...(fractions !== null && { decimalChar: fractions }) };
  });
}

async function inferModel(prepared: PreparedTable, target: string, time: string | null): Promise<InferredModel> {
  const column = await prepared.column(target);
  const found = inferTask(column);
  const times = time === null ? null : instantsOf(await prepared.column(time));
  const classes = found.task === "regression" ? null : classesOf(column);
  return { ...found, rhythm: times && inferRhythm(times, classes) };
}

function instantsOf(column: Column): Float64Array | null {
  return column.kind === "text" ? null : column.values;
}

/** From 0; -1: missing. */
function classesOf(column: Column): Int32Array {
  if (column.kind === "text") return Int32Array.from(column.codes);
  const numbers = new Map<number, number>();
  return Int32Array.from(column.values, (value) => {
    if (Number.isNaN(value)) return -1;
    if (!numbers.has(value)) numbers.set(value, numbers.size);
    return numbers.get(value)!;
  });
}
