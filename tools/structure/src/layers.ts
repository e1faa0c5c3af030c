import { posix } from "node:path";

import { importsOf } from "./imports.ts";
import { isTest, type TextFile } from "./repository.ts";

/**
 * The layers of `packages/refit/src` (docs/architecture.md), each with those that it may import besides itself. Types count
 * as values do.
 */
const below: Readonly<Record<string, readonly string[]>> = {
  cli: ["commands", "wiring", "adapters"],
  commands: ["runs", "versions", "products", "ports"],
  runs: ["rooms", "observe", "scoring", "handover", "data", "specs", "versions", "ledger", "products", "ports"],
  rooms: ["observe", "scoring", "handover", "data", "specs", "versions", "ledger", "products", "ports"],
  observe: ["data", "scoring", "specs", "versions", "ledger", "products", "ports"],
  scoring: ["data", "specs", "versions", "ledger", "products", "ports"],
  handover: ["data", "specs", "versions", "ledger", "products", "ports"],
  data: ["specs", "versions", "ledger", "products", "ports"],
  versions: ["data", "specs", "ledger", "products", "ports"],
  ledger: ["data", "specs", "versions", "products", "ports"],
  specs: ["data", "versions", "ledger", "products", "ports"],
  products: ["ports"],
  ports: [],
  adapters: ["ports"],
  wiring: ["adapters", "specs", "ports"],
};

/** Leaves that any layer may use: a hash function, JSON under its digest, a version number. */
const leaves = new Set(["sealed-json.ts", "sha256.ts", "text.ts", "version.ts"]);

const home = "packages/refit/src/";

/** Arrows of one file that point upwards or sideways, as `<from> -> <to>`, both relative to `packages/refit/src`. */
export function arrowsUpwards(file: TextFile): readonly string[] {
  if (!file.path.startsWith(home) || isTest(file.path)) return [];
  const from = file.path.slice(home.length);
  return importsOf(file).flatMap((name) => {
    if (!name.startsWith(".")) return [];
    const to = posix.join(posix.dirname(from), name);
    return mayImport(from, to) ? [] : [`${from} -> ${to}`];
  });
}

function mayImport(from: string, to: string): boolean {
  if (leaves.has(to)) return true;
  const [lower, upper] = [layerOf(to), layerOf(from)];
  return lower === upper || (below[upper]?.includes(lower) ?? false);
}

/** The top folder; of a file outside of every folder, `cli` for the door and its helpers, else its own name. */
function layerOf(path: string): string {
  const [first = ""] = path.split("/");
  if (!first.endsWith(".ts")) return first;
  const name = first.slice(0, -".ts".length);
  return name === "print-error" || name === "json" ? "cli" : name;
}
