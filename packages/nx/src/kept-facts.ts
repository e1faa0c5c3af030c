import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FactsReader, LayoutFacts, ManifestFacts, SpecFacts } from "./written-facts.ts";

/** Changes whenever other facts are read from the same text. */
const format = 2;

type Facts = SpecFacts | ManifestFacts | LayoutFacts;
type WrittenKind = keyof FactsReader;
type FactsOf<K extends WrittenKind> = ReturnType<FactsReader[K]>;

/** Files that people write, and what the graph needs to know of each. */
export interface KeptFacts {
  /** @returns by path, from the root of the workspace; a file that is not there is left out. */
  read<K extends WrittenKind>(kind: K, paths: readonly string[]): Promise<ReadonlyMap<string, FactsOf<K>>>;
  /** Keeps on disk what has been read, and forgets the rest. */
  keep(): void;
}

/** What this process has read already: the daemon asks again and again. */
const known = new Map<string, Facts>();

/** Facts by the content of files, so that an unchanged file is not parsed again, nor is the parser loaded for it. */
export function keptFacts(root: string): KeptFacts {
  const used = new Map<string, Facts>();
  const file = join(dataFolder(root), "refit-facts.json");
  let onDisk: ReadonlyMap<string, Facts> | null = null;
  let hasNew = false;

  return {
    async read<K extends WrittenKind>(kind: K, paths: readonly string[]) {
      const facts = new Map<string, FactsOf<K>>();
      const unknown: { readonly path: string; readonly key: string; readonly text: string }[] = [];
      for (const path of paths) {
        const text = textAt(join(root, path));
        if (text === null) continue;
        const key = `${kind} ${createHash("sha256").update(text).digest("base64url")}`;
        const found = known.get(key) ?? (onDisk ??= readKept(file)).get(key);
        if (!isWhole(found)) unknown.push({ path, key, text });
        else take(path, key, found);
      }
      if (unknown.length > 0) {
        hasNew = true;
        const { factsReader } = await import("./read-facts.ts");
        for (const { path, key, text } of unknown) take(path, key, factsReader[kind](text));
      }
      return facts;

      function take(path: string, key: string, found: Facts): void {
        known.set(key, found);
        used.set(key, found);
        facts.set(path, found as FactsOf<K>);
      }
    },
    keep() {
      if (hasNew) writeKept(file, used);
    },
  };
}

/** Where Nx keeps what it knows of a workspace. */
function dataFolder(root: string): string {
  return process.env["NX_WORKSPACE_DATA_DIRECTORY"] ?? join(root, ".nx/workspace-data");
}

function textAt(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null; // Removed since Nx listed it, or not readable: refit says so when a target runs.
  }
}

const isWhole = (facts: Facts | null | undefined): facts is Facts =>
  Array.isArray((facts as Partial<SpecFacts> | null | undefined)?.code) ||
  Array.isArray((facts as Partial<ManifestFacts> | null | undefined)?.files) ||
  Array.isArray((facts as Partial<LayoutFacts> | null | undefined)?.models);

/** Nothing where the file is missing, damaged or of another format. */
function readKept(file: string): ReadonlyMap<string, Facts> {
  try {
    const kept = JSON.parse(readFileSync(file, "utf8")) as { format: number; facts: Record<string, Facts> };
    return kept.format === format ? new Map(Object.entries(kept.facts)) : new Map();
  } catch {
    return new Map();
  }
}

function writeKept(file: string, facts: ReadonlyMap<string, Facts>): void {
  const temporary = `${file}.${process.pid}`;
  try {
    writeFileSync(temporary, JSON.stringify({ format, facts: Object.fromEntries(facts) }));
    renameSync(temporary, file);
  } catch {
    // A folder that is missing or read-only costs time, and nothing else.
    if (existsSync(temporary)) rmSync(temporary, { force: true });
  }
}
