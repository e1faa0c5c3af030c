import type { ColumnProfile, Profile } from "./profile.ts";

/** Profiles of files, as far as they are at hand. */
export interface FilesToCompare {
  /** `null`: not at hand, so that it may hold any row. */
  readonly others: readonly (Profile | null)[];
  readonly fresh: readonly Profile[];
  /** Columns of which rows with a common key agree; `null`: the rows have no key, so common rows agree in all. */
  readonly key: readonly string[] | null;
}

/**
 * Which files may have rows, or keys, in common with a fresh one, as their profiles tell: not where one column has no value in
 * common, such as the time in files of one day each. Then no row of them need be read.
 *
 * @returns numbers of the others and of the fresh files, ascending.
 */
export function mayShareRows({ others, fresh, key }: FilesToCompare): {
  readonly others: readonly number[];
  readonly fresh: readonly number[];
} {
  const columnsOf = (profile: Profile) =>
    new Map(
      profile.columns
        .filter(({ name, type }) => key === null || (key.includes(name) && type !== "file"))
        .map((each) => [each.name, each]),
    );
  const known = others.map((profile) => profile && columnsOf(profile));
  const mine = fresh.map(columnsOf);
  const all = [...known, ...mine];
  const marked = all.map(() => false);
  // What told two files apart tells the next two as well.
  let telling: string | null = null;
  for (const [i, one] of mine.entries()) {
    const at = known.length + i;
    for (let other = 0; other < at; other++) {
      if (marked[at]! && marked[other]!) continue;
      const two = all[other]!;
      if (two !== null && telling !== null && areApart(one.get(telling), two.get(telling))) continue;
      const found: string | undefined =
        two === null ? undefined : [...one.keys()].find((name) => areApart(one.get(name), two.get(name)));
      if (found === undefined) marked[at] = marked[other] = true;
      else telling = found;
    }
  }
  const numbers = marked.flatMap((isMarked, i) => (isMarked ? [i] : []));
  return {
    others: numbers.filter((i) => i < known.length),
    fresh: numbers.filter((i) => i >= known.length).map((i) => i - known.length),
  };
}

/** Whether no row of one file has a value in common with a row of the other. Where both lack a value, rows may agree. */
function areApart(a: ColumnProfile | undefined, b: ColumnProfile | undefined): boolean {
  if (a === undefined || b === undefined || a.type !== b.type || (a.nulls > 0 && b.nulls > 0)) return false;
  if (a.min !== undefined && b.min !== undefined) return a.min > b.max! || a.max! < b.min;
  const isWhole = (column: ColumnProfile) => column.top !== undefined && column.otherCount === 0;
  if (!isWhole(a) || !isWhole(b)) return false;
  const texts = new Set(a.top!.map(([text]) => text));
  return b.top!.every(([text]) => !texts.has(text));
}
