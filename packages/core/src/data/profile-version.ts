import { profileSnapshot } from "./profile-snapshot.ts";
import type { ColumnProfile, Profile } from "./profile.ts";

/** What a version's profile tells of the model, besides its data. */
export interface ModelTraits {
  /** Of its answers for the holdout; `null`: not to be kept, such as of a sensitive target. */
  readonly prediction: ColumnProfile | null;
  /** How far its answers hang on each prepared column, in any unit. */
  readonly importance: ReadonlyMap<string, number>;
  /** Source columns that it does not read: identifiers, excluded ones, the target. */
  readonly unread: ReadonlySet<string>;
}

/** `profile.json` of a version: its data, how far they usually move, what its answers hang on, and what it answers. */
export function profileVersion(files: readonly Profile[], { prediction, importance, unread }: ModelTraits): Profile {
  const data = profileSnapshot(files);
  const read = data.columns.map(({ name }) => name).filter((name) => !unread.has(name));
  const shares = importanceOfColumns(importance, read);
  const columns = data.columns.map((column) => {
    const share = shares.get(column.name);
    return share === undefined ? column : { ...column, importance: share };
  });
  return { ...data, columns, ...(prediction !== null && { prediction }) };
}

/**
 * Shares of the source columns, which add up to 1. A prepared column gives its importance to the source column of its name;
 * what `prepare` computes under another name is shared evenly by the source columns that have no namesake.
 *
 * @returns four decimals; empty where the model looks at nothing.
 */
export function importanceOfColumns(
  prepared: ReadonlyMap<string, number>,
  columns: readonly string[],
): ReadonlyMap<string, number> {
  const names = new Set(columns);
  const nameless = columns.filter((name) => !prepared.has(name));
  const computed = [...prepared].filter(([name]) => !names.has(name));
  const each = nameless.length === 0 ? 0 : sumOf(computed.map(([, value]) => value)) / nameless.length;
  const values = columns.map((name) => prepared.get(name) ?? each);
  const total = sumOf(values);
  if (!(total > 0)) return new Map();
  return new Map(columns.map((name, i) => [name, Math.round((10_000 * values[i]!) / total) / 10_000]));
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
