import { SpecInvalidError } from "@refit/core/errors";
import { checkDataManifest, checkLayout, checkModelSpec, checkRollout, layoutFile, plain } from "@refit/core/spec";
import type { LocatedProblem } from "@refit/core/errors";
import type { LearnerDescriptor } from "@refit/core/runtime";
import type { Checked, DataManifest, Layout, ModelSpec, Rollout, SpecProblem } from "@refit/core/spec";
import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import type { Document, Node, Pair, YAMLMap } from "yaml";

/**
 * Reads the text of a `model.yaml`.
 *
 * @param file the path to name in problems.
 * @param learners those that are installed.
 * @throws SpecInvalidError with every problem and its place.
 */
export function readModelSpec(file: string, text: string, learners: readonly LearnerDescriptor[]): ModelSpec {
  return read(file, text, (document) => checkModelSpec(document, learners));
}

/**
 * Reads the text of a data manifest.
 *
 * @param file the path to name in problems.
 * @param schemes those of the sources that can be read.
 * @throws SpecInvalidError with every problem and its place.
 */
export function readDataManifest(file: string, text: string, schemes: readonly string[]): DataManifest {
  return read(file, text, (document) => checkDataManifest(document, schemes));
}

/**
 * Reads the text of a `refit.yaml`.
 *
 * @throws SpecInvalidError with every problem and its place.
 */
export function readLayoutSpec(text: string): Layout {
  return read(layoutFile, text, checkLayout, "remove the file, or list folders of models: `models: [models/**]`");
}

/**
 * Reads the text of a `rollout.yaml`.
 *
 * @param file the path to name in problems.
 * @throws SpecInvalidError with every problem and its place.
 */
export function readRolloutSpec(file: string, text: string): Rollout {
  return read(file, text, checkRollout, "`refit run` writes it with a canary");
}

/** A page is usual, and a thousand columns fit. Cost and depth of parsing grow with the text: hostile text stops here. */
const maxLength = 250_000;

interface Spot {
  /** Offset into the text, in UTF-16 code units. */
  readonly offset: number;
  readonly message: string;
}

function read<Spec>(
  file: string,
  written: string,
  checkContents: (document: unknown) => Checked<Spec>,
  ifEmpty = "`refit init` writes one to start with",
): Spec {
  const text = written.startsWith("\uFEFF") ? written.slice(1) : written;
  const lines = linesOf(text);
  const fail = (spots: readonly Spot[], options?: ErrorOptions): never => {
    const problems = spots
      .map(({ offset, message }): LocatedProblem => {
        const { line, col } = lines.linePos(offset);
        return { file, line, column: col, message };
      })
      .sort((a, b) => a.line - b.line || a.column - b.column);
    throw new SpecInvalidError(file, problems, frame(text, problems[0]!), options);
  };
  if (text.length > maxLength) {
    fail([{ offset: 0, message: `has more than ${maxLength} characters; is it the right file?` }]);
  }

  let document: Document.Parsed;
  let contents: unknown;
  try {
    document = parseDocument(text, { version: "1.2", schema: "core", prettyErrors: false, uniqueKeys: false });
    const spots = syntaxSpots(document, text);
    if (spots.length > 0) return fail(spots);
    contents = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    // The parser recurses and expands aliases; text made to exhaust it is a bad file, not a bug.
    if (error instanceof RangeError) return fail([{ offset: 0, message: tooDeep }], { cause: error });
    if (!(error instanceof ReferenceError)) throw error;
    const message = "its aliases (*name) name no anchor (&name), or expand to too much; write the values out";
    return fail([{ offset: 0, message }], { cause: error });
  }

  if (contents === null) fail([{ offset: 0, message: `is empty; ${ifEmpty}` }]);
  const checked = checkContents(contents);
  if (checked.ok) return checked.value;
  const pairOf = pairFinder();
  return fail(
    checked.problems.map((problem) => ({ offset: offsetOf(document, problem, pairOf), message: problem.message })),
  );
}

/** Problems of YAML itself, and its rarer features that would not mean what they seem to. */
function syntaxSpots(document: Document.Parsed, text: string): Spot[] {
  if (document.directives.yaml.explicit && document.directives.yaml.version !== "1.2") {
    return [
      {
        offset: 0,
        message: "declares a YAML version other than 1.2, in which `no` means false; remove the %YAML line",
      },
    ];
  }
  const exhausted = document.errors.find(({ code }) => code === "RESOURCE_EXHAUSTION");
  if (exhausted !== undefined) return [{ offset: exhausted.pos[0], message: tooDeep }];
  const spots = [...document.errors, ...document.warnings].map(({ code, message, pos }) => ({
    offset: pos[0],
    message: kindWords[code] ?? `cannot be read as YAML: ${plain(message)}`,
  }));
  if (spots.length === 0) return rareSpots(document.contents);
  // The parser names the consequence of a tab, not the tab.
  const tab = /^ *\t/m.exec(text);
  if (tab !== null) spots.unshift({ offset: tab.index, message: tabIndents });
  // What it says next about the same place is a consequence, too.
  const firsts = new Map(spots.toReversed().map((spot) => [spot.offset, spot]));
  return [...firsts.values()];
}

const tooDeep = "is nested too deeply to be read";

const tabIndents = "this line is indented with a tab; YAML must be indented with spaces";
const noTags = "YAML tags (!…) are not supported; remove the tag";

const kindWords: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: "a second YAML document starts here, but a file must have only one (remove the ---)",
  TAB_AS_INDENT: tabIndents,
  TAG_RESOLVE_FAILED: noTags,
};

const duplicateKey = "this key is already in the map; keep one of them";

/** Tags, keys that occur twice (the parser compares each key with each), and keys that are not plain text (nor `__proto__`, which has a meaning in JavaScript). */
function rareSpots(node: unknown): Spot[] {
  if (!isNode(node) || isAlias(node)) return [];
  const offset = startOf(node) ?? 0;
  if (node.tag !== undefined) return [{ offset, message: noTags }];
  if (isSeq(node)) return node.items.flatMap(rareSpots);
  if (!isMap(node)) return [];
  const seen = new Set<unknown>();
  return node.items.flatMap(({ key, value }) => {
    const name = isScalar(key) ? key.value : key;
    if (seen.has(name)) return [{ offset: startOf(key) ?? offset, message: duplicateKey }];
    seen.add(name);
    const isName = isScalar(key) && key.tag === undefined && typeof key.value === "string" && key.value !== "__proto__";
    const spots = isName ? [] : [{ offset: startOf(key) ?? offset, message: "a key must be plain text" }];
    return [...spots, ...rareSpots(value)];
  });
}

/** Where to point: the key, the value, or for what is missing the key of the nearest map that exists. */
function offsetOf(document: Document.Parsed, { path, at }: SpecProblem, pairOf: PairFinder): number {
  let node: unknown = document.contents;
  let key: unknown;
  for (const [depth, step] of path.entries()) {
    const isLast = depth === path.length - 1;
    if (isMap(node)) {
      const pair = pairOf(node, step);
      if (pair === undefined) return startOf(key) ?? startOf(node) ?? 0;
      if (isLast && at === "key") return startOf(pair.key) ?? 0;
      key = pair.key;
      node = pair.value;
    } else if (isSeq(node)) {
      key = undefined;
      node = node.items[step as number];
    } else break; // An alias: the contents stand elsewhere, the mistake is read here.
  }
  return startOf(node) ?? startOf(key) ?? 0;
}

type PairFinder = (map: YAMLMap, key: string | number) => Pair | undefined;

/** Finds pairs by their key, each map gone through once: there may be a problem with each of its keys. */
function pairFinder(): PairFinder {
  const known = new Map<YAMLMap, ReadonlyMap<unknown, Pair>>();
  return (map, key) => {
    const pairs =
      known.get(map) ?? new Map(map.items.map((pair) => [isScalar(pair.key) ? pair.key.value : pair, pair]));
    known.set(map, pairs);
    return pairs.get(key);
  };
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}

/** Filled from the text itself: the parser's own count misses line ends inside what it cannot read. */
function linesOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (const { index } of text.matchAll(/\n/g)) lines.addNewLine(index + 1);
  return lines;
}

/** What stands after `token:` or `credentials:` and is not the name of a variable: most likely the secret itself. */
const writtenToken = /(?<=\b(?:token|credentials)["']?\s*:\s*)(?!["']?[A-Z_][A-Z0-9_]*["']?\s*(?:[,}#]|$))[^\s].*/;

/** The line of a problem with the one before it, and a mark below. */
function frame(text: string, { line, column }: LocatedProblem): string {
  const rows = text.split(/\r?\n/);
  const numbers = [line - 1, line].filter((number) => number >= 1 && rows[number - 1] !== undefined);
  const width = String(line).length;
  const cut = (row: string) => plain(row.replaceAll("\t", " ").replace(writtenToken, "***")).slice(0, 100);
  const shown = numbers.map((number) => `  ${String(number).padStart(width)} | ${cut(rows[number - 1]!)}`.trimEnd());
  const mark = column > 100 ? [] : [`  ${" ".repeat(width)} | ${" ".repeat(column - 1)}^`];
  return [...shown, ...mark].join("\n");
}
