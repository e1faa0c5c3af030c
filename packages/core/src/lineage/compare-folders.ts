/** Files by their path in a version folder. */
export type FolderFiles = ReadonlyMap<string, Uint8Array>;

/** A place in a JSON file where two versions of it differ; `undefined`: the key is absent there. */
export interface ValueDifference {
  /** Keys from the top, joined by dots. */
  readonly key: string;
  /** As JSON; an object or a list is told by its size only. */
  readonly remade?: string | undefined;
  readonly found?: string | undefined;
}

export type FileDifference = { readonly path: string } & (
  | {
      /** Only the folder under test has it. */
      readonly kind: "extra";
    }
  | {
      /** Only the folder that was made again has it. */
      readonly kind: "missing";
    }
  | {
      readonly kind: "changed";
      /** The first keys that differ, in their order; empty: not JSON, or the same values written in another way. */
      readonly values: readonly ValueDifference[];
    }
);

/** More than these tell a reader nothing new. */
const mostValues = 3;

/**
 * Compares a version folder, byte by byte and path by path, with the one that was made again from the same inputs.
 *
 * @returns one entry for each path that differs, sorted; `lineage.json`, which holds the digests of the others, comes last.
 */
export function compareFolders(remade: FolderFiles, found: FolderFiles): readonly FileDifference[] {
  const paths = [...new Set([...remade.keys(), ...found.keys()])].sort(byPath);
  return paths.flatMap((path): FileDifference[] => {
    const [ours, theirs] = [remade.get(path), found.get(path)];
    if (ours === undefined) return [{ path, kind: "extra" }];
    if (theirs === undefined) return [{ path, kind: "missing" }];
    if (isSameBytes(ours, theirs)) return [];
    return [{ path, kind: "changed", values: path.endsWith(".json") ? valueDifferences(ours, theirs) : [] }];
  });
}

function byPath(a: string, b: string): number {
  const isLast = (path: string) => Number(path === "lineage.json");
  return isLast(a) - isLast(b) || (a < b ? -1 : 1);
}

function isSameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && a.every((byte, i) => byte === b[i]);
}

function valueDifferences(remade: Uint8Array, found: Uint8Array): readonly ValueDifference[] {
  const [ours, theirs] = [parsed(remade), parsed(found)];
  if (ours === undefined || theirs === undefined) return [];
  const differences: ValueDifference[] = [];
  // A stack of our own, since a stranger's JSON may be nested as deeply as it likes.
  const open: ComparedPlace[] = [{ name: "", above: null, ours, theirs }];
  while (open.length > 0 && differences.length < mostValues) {
    const place = open.pop()!;
    if (isSameKind(place.ours, place.theirs)) for (const below of placesBelow(place)) open.push(below);
    else if (!Object.is(place.ours, place.theirs)) {
      differences.push({ key: keyOf(place), remade: shown(place.ours), found: shown(place.theirs) });
    }
  }
  return differences;
}

/** Two values at one place of two versions of a file. */
interface ComparedPlace {
  readonly name: string;
  readonly above: ComparedPlace | null;
  readonly ours: unknown;
  readonly theirs: unknown;
}

/** The last one first. */
function placesBelow(above: ComparedPlace): ComparedPlace[] {
  const names = new Set([...Object.keys(above.ours as object), ...Object.keys(above.theirs as object)]);
  return [...names]
    .sort()
    .toReversed()
    .map((name) => ({ name, above, ours: own(above.ours, name), theirs: own(above.theirs, name) }));
}

function keyOf(place: ComparedPlace): string {
  const names: string[] = [];
  for (let at = place; at.above !== null; at = at.above) names.push(at.name);
  return names.toReversed().join(".");
}

/** Whether both are objects, or both are lists. */
function isSameKind(a: unknown, b: unknown): boolean {
  const isTree = (value: unknown) => typeof value === "object" && value !== null;
  return isTree(a) && isTree(b) && Array.isArray(a) === Array.isArray(b);
}

/** Never what an object inherits: a file may have a key such as `constructor`. */
function own(tree: unknown, name: string): unknown {
  return Object.hasOwn(tree as object, name) ? (tree as Readonly<Record<string, unknown>>)[name] : undefined;
}

function shown(value: unknown): string | undefined {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) return `an object of ${Object.keys(value).length}`;
  return value === undefined ? undefined : JSON.stringify(value);
}

/** Every runtime has it; core loads the types of none. */
declare const TextDecoder: new (label: string, options: { fatal: boolean }) => { decode(bytes: Uint8Array): string };

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}
