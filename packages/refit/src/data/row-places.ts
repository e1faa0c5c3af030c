import {
  areCopiesNatural,
  copyNumbers,
  digestsApart,
  haveManyCopies,
  naturalCopies,
  positionsApart,
  type Finding,
} from "@refit/core/data";
import type { ModelSpec } from "@refit/core/spec";
import type { Column } from "@refit/core/runtime";
import type { PreparedTable } from "../ports/tables.ts";

/** Where rows stand in a split by hash. All are [rows of the table]. */
export interface RowPlaces {
  /** In [0, 1), by a hash; empty where a time places them. */
  readonly positions: Float64Array;
  /** What tells a row that is on both sides: equal for rows that must be on one. */
  readonly sides: BigUint64Array;
  /** First 64 bits of the digest of each source row, with its time. */
  readonly digests: BigUint64Array;
  /** `apart`: equal rows are natural, so each is placed for itself. */
  readonly copies: "apart" | "together";
  readonly findings: readonly Finding[];
  /** Positions by the rule of another split of the same rows. */
  by(rule: "apart" | "together"): Promise<Float64Array>;
}

/**
 * Without a key, a time or a group a row is placed by all its values, so that copies of it are on one side of the split. Where copies are
 * natural that would hold out a few kinds of rows with their answers, which nobody can predict: then each copy is placed for itself.
 */
export async function rowPlaces(
  { time, key, group }: Pick<ModelSpec, "time" | "key" | "group">,
  table: PreparedTable,
): Promise<RowPlaces> {
  const digests = await table.rowDigests();
  let hashed: Promise<Float64Array> | null = null;
  const byHash = () => (hashed ??= table.positions());
  const by = async (rule: "apart" | "together") =>
    rule === "together" ? byHash() : positionsApart(await byHash(), copyNumbers(digests));
  const positions = time === undefined ? await byHash() : new Float64Array(0);
  const together = { positions, sides: digests, digests, copies: "together" as const, findings: [], by };
  if (time !== undefined || key !== undefined || group !== undefined) return together;
  const copies = copyNumbers(digests);
  if (!haveManyCopies(copies) || !areCopiesNatural(digests, await allColumns(table))) return together;
  return {
    positions: positionsApart(positions, copies),
    sides: digestsApart(digests, copies),
    digests,
    copies: "apart",
    findings: [naturalCopies(copies)],
    by,
  };
}

async function allColumns(table: PreparedTable): Promise<Column[]> {
  const columns: Column[] = [];
  for (const { name } of table.columns) columns.push(await table.column(name));
  return columns;
}
