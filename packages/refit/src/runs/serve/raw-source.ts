import { rawRows, rawTexts, type RawColumn } from "@refit/core/data";
import { PrepareNotRowWiseError, RefitError } from "@refit/core/errors";
import type { Column, InputColumns, InputRecord } from "@refit/core/runtime";
import { fetchTables } from "../../data/fetch-tables.ts";
import type { PreparedForVersion, RawPreparation, RefusedRaw } from "../../ports/http-server.ts";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import type { RowPreparer } from "../../ports/row-preparers.ts";
import type { AnsweringVersion } from "../predict/answering-version.ts";

type RawPorts = Pick<Ports, "out" | "rowPreparers" | "scratch" | "sources">;

const sendPrepared = 'Or send prepared rows: leave out `"input": "raw"`.';

/**
 * What prepares raw rows for a version, by the schema and `prepare` that it was trained with. What keeps a version from that is an answer, since
 * prepared rows are served all the same.
 */
export async function openRaw(
  ports: RawPorts,
  repository: Repository,
  version: AnsweringVersion,
): Promise<RawPreparation | RefusedRaw> {
  const refused = refusalOf(version);
  if (refused !== null) return refused;
  try {
    return await opened(ports, repository, version);
  } catch (error) {
    const refusal = refusalBy(error, version);
    ports.out.notice(`${version.model} ${version.name} takes prepared rows only. ${refusal.message}`);
    return refusal;
  }
}

/** Whatever goes wrong with raw rows, prepared ones are answered. */
function refusalBy(error: unknown, version: AnsweringVersion): RefusedRaw {
  if (!(error instanceof RefitError)) return { code: "internal", message: String(error), hint: sendPrepared };
  const { code, message } = error;
  const hint = error instanceof PrepareNotRowWiseError ? severalHint(version) : `${error.hint} ${sendPrepared}`;
  return { code, message, hint };
}

function severalHint({ model, name }: AnsweringVersion): string {
  return new PrepareNotRowWiseError("several", `${model} ${name}`, sendPrepared).hint;
}

/** What is known without opening anything; `null`: nothing is in the way. */
function refusalOf({ features, model, name, isOfThen, settings }: AnsweringVersion): RefusedRaw | null {
  const called = `${model} ${name}`;
  if (features.rowWise !== true) {
    const why = features.rowWise === false ? "others" : "untold";
    const { code, message, hint } = new PrepareNotRowWiseError(why, called, sendPrepared);
    return { code, message, hint };
  }
  if (isOfThen) return null;
  return {
    code: "settings-changed",
    message: `The schema and \`prepare\` that ${called} was trained with are not in any commit that was searched: data-manifests/${settings.spec.data}.yaml has changed since.`,
    hint: `Train again, and merge. ${sendPrepared}`,
  };
}

async function opened(ports: RawPorts, repository: Repository, version: AnsweringVersion): Promise<RawPreparation> {
  const { features, settings } = version;
  const { manifest, mayLack } = rawRows(features, settings.manifest, []);
  const tables = await fetchTables(ports, repository, manifest);
  const { path, remove } = await ports.scratch.open(repository.commonDir);
  try {
    const { inputs, target } = features;
    const wanted = { target: target.name, inputs, scratch: path };
    const open = { dataset: settings.spec.data, manifest, mayLack, ...(tables && { tables }), ...wanted };
    return preparationBy(await ports.rowPreparers.open(open), remove);
  } catch (error) {
    await remove();
    throw error;
  }
}

function preparationBy(preparer: RowPreparer, remove: () => Promise<void>): RawPreparation {
  return {
    inputs: preparer.columns.map(({ name, type, mayLack, format, ownForm, missingValues }) => {
      return { name, type, required: !mayLack, format, ownForm, missingValues };
    }),
    prepare: (rows, until) => prepared(preparer, rows, until),
    async close() {
      await preparer.close();
      await remove();
    },
  };
}

async function prepared(
  preparer: RowPreparer,
  given: readonly InputRecord[] | InputColumns,
  until: number,
): Promise<PreparedForVersion> {
  const { texts, rows, problems, more, ignored } = rawTexts(preparer.columns satisfies readonly RawColumn[], given);
  if (problems.length > 0) return { kind: "unfit", problems, more };
  const answer = await preparer.prepare(texts, until);
  if (answer.kind !== "prepared") return answer;
  const columns = Object.fromEntries(answer.columns.map((column) => [column.name, valuesOf(column)]));
  return { kind: "prepared", rows, places: answer.places, columns, ignored };
}

/** Values as a caller of prepared rows sends them. */
function valuesOf(column: Column): unknown[] {
  if (column.kind === "text") return Array.from(column.codes, (code) => (code < 0 ? null : column.dictionary[code]!));
  const { type } = column;
  return Array.from(column.values, (value) => {
    if (Number.isNaN(value)) return null;
    if (type === "boolean") return value === 1;
    return type === "date" || type === "datetime" ? new Date(value) : value;
  });
}
