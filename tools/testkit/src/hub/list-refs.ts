import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BareGit } from "./bare-git.ts";

/**
 * Every ref of branches and tags, full name to object id, by name as `git for-each-ref` does. Read from the files: the
 * hub looks at each request whether somebody has pushed, and a process each time is most of what a request costs.
 */
export function listRefs({ path }: Pick<BareGit, "path">, ...prefixes: string[]): Map<string, string> {
  const found = packed(path);
  for (const prefix of prefixes) readLoose(path, prefix, found);
  const wanted = [...found].filter(([name]) => prefixes.some((prefix) => name.startsWith(`${prefix}/`)));
  const resolved = wanted.map(([name, value]): [string, string | undefined] => [name, resolve(found, value)]);
  const known = resolved.filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new Map(known.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Packed refs may be stale where a loose one is there too: read these first. */
function packed(folder: string): Map<string, string> {
  const lines = (readOrNull(join(folder, "packed-refs")) ?? "").split("\n").filter((line) => /^[0-9a-f]/.test(line));
  return new Map(lines.map((line) => [line.slice(line.indexOf(" ") + 1), line.slice(0, line.indexOf(" "))]));
}

function readLoose(folder: string, prefix: string, found: Map<string, string>): void {
  for (const entry of entriesOf(join(folder, prefix))) {
    const name = `${prefix}/${entry.name}`;
    if (entry.isDirectory()) readLoose(folder, name, found);
    else if (!name.endsWith(".lock")) {
      const value = readOrNull(join(folder, name));
      if (value !== null) found.set(name, value.trimEnd());
    }
  }
}

/** `ref: refs/heads/main` is another ref's name. */
function resolve(found: ReadonlyMap<string, string>, value: string): string | undefined {
  return value.startsWith("ref: ") ? found.get(value.slice("ref: ".length)) : value;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // no ref of this kind, or its last one went just now
  }
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
