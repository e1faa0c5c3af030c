import type { Finding } from "@refit/core/data";

import { inferable, suggestsSql, type InferableType } from "./column-types.ts";
import type { FileHead } from "./file-head.ts";
import { fileParts, filesAtOnce, rowsSql, textSql, type SourceTexts } from "./file-rows.ts";
import type { PlannedColumn } from "./layout.ts";
import type { Session } from "./session.ts";
import { alike, columnsAtOnce, inParts } from "./sql-text.ts";
import type { TypedColumn } from "./typed-column.ts";
import { areBelow } from "./wide-texts.ts";
import { wrongTypes } from "./wrong-types.ts";

/**
 * So few rows are all tested for all types, in the statement that otherwise reads a sample: to plan a condition for each
 * column takes longer.
 */
const fewRows = 2000;

/** Values that decide which types are worth counting over all rows, and the fewest rows that they come from. */
const sampleValues = 20_000;
const sampleRows = 100;

/** Types that a column may still turn out to be, the narrowest first. */
type PossibleTypes = ReadonlyMap<PlannedColumn, readonly InferableType[]>;

/** What rows say of columns in which they have texts. */
interface Tested {
  /** Types that none of the texts speaks against. */
  readonly types: PossibleTypes;
  /** Names of the columns whose numbers are all finite. */
  readonly finite: ReadonlySet<string>;
}

/**
 * Settles the types of undeclared columns from all rows, and checks that all texts of the others can be read. The
 * files must have been read once (`readRows`).
 */
export async function findTypes(
  session: Session,
  texts: SourceTexts,
  columns: readonly PlannedColumn[],
): Promise<{ columns: TypedColumn[]; findings: Finding[] }> {
  const { rows } = texts;
  const open = columns.filter(({ type }) => type === null);
  const few = rows <= fewRows && texts.heads.length <= filesAtOnce;
  const tested = few
    ? await testRows(session, texts, open, rowsSqlOf([...texts.heads.entries()], rows))
    : await testSample(session, texts, open);
  const inferred = few ? narrowest(tested.types) : await inferTypes(session, texts, open, tested.types);
  const typed = columns.map((column) => ({ ...column, type: column.type ?? inferred.get(column) ?? "string" }));
  const readable = new Set(open.map(({ name }) => name));
  const settled = { readable, finite: few ? tested.finite : new Set<string>() };
  return { columns: typed, findings: await wrongTypes(session, texts, typed, settled) };
}

/** Texts of which not all are read. */
type SampledTexts = Omit<SourceTexts, "rows">;

/** The types that a sample of each column speaks for, the narrowest first; nothing for a column without texts there. */
export async function likelyTypes(
  session: Session,
  texts: SampledTexts,
  columns: readonly PlannedColumn[],
): Promise<PossibleTypes> {
  return (await testSample(session, texts, columns)).types;
}

type RowsOf = (columns: readonly PlannedColumn[]) => string;

/** SQL of the first rows of some files, for whichever columns. */
function rowsSqlOf(files: readonly (readonly [number, FileHead])[], limit: number): RowsOf {
  return (columns) => `(FROM ${rowsSql(files, columns)} LIMIT ${limit})`;
}

/** Tests rows of the last file, since columns may begin in a later one. */
async function testSample(session: Session, texts: SampledTexts, columns: readonly PlannedColumn[]): Promise<Tested> {
  const limit = Math.max(sampleRows, Math.ceil(sampleValues / columns.length));
  return testRows(session, texts, columns, rowsSqlOf([...texts.heads.entries()].slice(-1), limit));
}

/** The texts lie below one another here, so that the conditions are planned once and not for each column. */
async function testRows(
  session: Session,
  { heads, missingValues }: SampledTexts,
  columns: readonly PlannedColumn[],
  rowsOf: RowsOf,
): Promise<Tested> {
  const types = new Map<PlannedColumn, readonly InferableType[]>();
  const finite = new Set<string>();
  if (heads.length === 0) return { types, finite };

  const fits = [...inferable.map((type) => suggestsSql("v", type)), "isfinite(TRY_CAST(v AS DOUBLE))"];
  const sums = fits.map((condition) => `coalesce(bool_and(${condition}), true)`);
  for (const part of inParts(columns, columnsAtOnce)) {
    const raws = part.map((_, i) => `raw${i}`);
    const below = `(SELECT unnest([${raws.join(", ")}]) AS raw, unnest(range(${part.length})) AS i FROM ${rowsOf(part)})`;
    const rows = await session.rows(
      `SELECT i, ${sums.join(", ")} FROM (SELECT i, ${textSql("raw", missingValues)} AS v FROM ${below}) WHERE v IS NOT NULL GROUP BY i`,
    );
    for (const [i, ...fit] of rows) {
      const column = part[Number(i)]!;
      types.set(
        column,
        inferable.filter((_, k) => fit[k] === true),
      );
      if (fit.at(-1) === true) finite.add(column.name);
    }
  }
  return { types, finite };
}

function narrowest(fitting: PossibleTypes): ReadonlyMap<PlannedColumn, InferableType> {
  const found = [...fitting].flatMap(([column, [type]]): [PlannedColumn, InferableType][] =>
    type === undefined ? [] : [[column, type]],
  );
  return new Map(found);
}

/** The narrowest of the types that every text of a column speaks for; nothing for a column without texts. */
async function inferTypes(
  session: Session,
  texts: SourceTexts,
  columns: readonly PlannedColumn[],
  likely: PossibleTypes,
): Promise<ReadonlyMap<PlannedColumn, InferableType>> {
  const inferred = new Map<PlannedColumn, InferableType>();
  let open = columns.map((column) => [column, likely.get(column) ?? inferable] as const);
  while (open.length > 0) {
    const tested = open.flatMap(([column, [type, ...wider]]) => (type === undefined ? [] : [{ column, type, wider }]));
    const counts = await countFits(session, texts, tested);
    open = [];
    for (const [i, { column, type, wider }] of tested.entries()) {
      const fit = counts[i]!;
      if (fit.texts === 0) continue;
      if (fit.fits === fit.texts) inferred.set(column, type);
      else open.push([column, wider]);
    }
  }
  return inferred;
}

/** A column, and the type that its texts are tested for. */
interface TestedColumn {
  readonly column: PlannedColumn;
  readonly type: InferableType;
}

/** Texts of a column, and how many of them speak for the type. */
interface FitCount {
  texts: number;
  fits: number;
}

async function countFits(
  session: Session,
  texts: SourceTexts,
  tested: readonly TestedColumn[],
): Promise<readonly FitCount[]> {
  if (!areBelow(texts.rows, tested.length)) return countFitsBeside(session, texts, tested);
  const counts = new Map<TestedColumn, FitCount>();
  for (const same of alike(tested, ({ type }) => type).values()) {
    for (const part of inParts(same, columnsAtOnce)) await countFitsBelow(session, texts, part, counts);
  }
  return tested.map((each) => counts.get(each) ?? { texts: 0, fits: 0 });
}

async function countFitsBeside(
  session: Session,
  { heads, missingValues }: SourceTexts,
  tested: readonly TestedColumn[],
): Promise<FitCount[]> {
  const counts: FitCount[] = [];
  for (const part of inParts(tested, columnsAtOnce)) {
    const values = part.map((_, i) => `${textSql(`raw${i}`, missingValues)} AS v${i}`);
    const sql = part.map(
      ({ type }, i) => `count(v${i}), count(*) FILTER (WHERE v${i} IS NOT NULL AND ${suggestsSql(`v${i}`, type)})`,
    );
    const sums = part.map(() => ({ texts: 0, fits: 0 }));
    for (const files of fileParts(heads)) {
      const relation = rowsSql(
        files,
        part.map(({ column }) => column),
      );
      const [row] = await session.rows(`SELECT ${sql.join(", ")} FROM (SELECT ${values.join(", ")} FROM ${relation})`);
      for (const [i, sum] of sums.entries()) {
        sum.texts += Number(row![2 * i]);
        sum.fits += Number(row![2 * i + 1]);
      }
    }
    counts.push(...sums);
  }
  return counts;
}

/** Adds up texts of columns that are all tested for the same type, below one another. */
async function countFitsBelow(
  session: Session,
  { heads, missingValues }: SourceTexts,
  part: readonly TestedColumn[],
  counts: Map<TestedColumn, FitCount>,
): Promise<void> {
  const raws = part.map((_, i) => `raw${i}`);
  for (const files of fileParts(heads)) {
    const relation = rowsSql(
      files,
      part.map(({ column }) => column),
    );
    const below = `SELECT unnest([${raws.join(", ")}]) AS raw, unnest(range(${part.length})) AS i FROM ${relation}`;
    const rows = await session.rows(
      `SELECT i, count(*), count(*) FILTER (WHERE ${suggestsSql("v", part[0]!.type)}) ` +
        `FROM (SELECT i, ${textSql("raw", missingValues)} AS v FROM (${below})) WHERE v IS NOT NULL GROUP BY i`,
    );
    for (const [i, texts, fits] of rows) {
      const before = counts.get(part[Number(i)]!) ?? { texts: 0, fits: 0 };
      counts.set(part[Number(i)]!, { texts: before.texts + Number(texts), fits: before.fits + Number(fits) });
    }
  }
}
