import { nameProblem, schemeOf, viewFile } from "@refit/core/spec";
import { LineCounter, parseDocument } from "yaml";
import { below, inputGlob } from "./input-glob.ts";
import type { FactsReader, LayoutFacts, ManifestFacts, SpecFacts } from "./written-facts.ts";

/** As in refit itself: longer is not a spec, and costs time and memory. */
const longestText = 250_000;

/**
 * Reads what the graph needs and passes over the rest: which learners are installed, and what a key may hold, is known to refit, which
 * tells every mistake with its place when a target runs.
 */
export const factsReader: FactsReader = {
  spec(text) {
    const { value, problem } = readYaml(text);
    const data = textOf(value["data"]);
    const isNamed = data !== null && !data.includes("/") && nameProblem(data) === null;
    const code = listOf(value["candidates"]).flatMap((candidate) => codePaths(mapOf(candidate)));
    return { problem, data: isNamed ? data : null, code: [...new Set(code)] } satisfies SpecFacts;
  },
  manifest(text) {
    const { value, problem } = readYaml(text);
    const tables = listOf(value["tables"]).map(mapOf);
    const own = localPaths(value);
    const views = textsOf(value["views"]).filter((name) => /^[a-z][a-z0-9_]*$/.test(name));
    const files = [
      ...[own, ...tables.map(localPaths)].flat().map(inputGlob),
      ...views.map(viewFile),
      ...namedFiles(value, own),
    ];
    const isClosed = [value, ...tables].every((part) => isAllHere(part) && fileFields(part).length === 0);
    return { problem, files: [...new Set(files)], isClosed } satisfies ManifestFacts;
  },
  layout(text) {
    return { models: textsOf(readYaml(text).value["models"]) } satisfies LayoutFacts;
  },
};

type Written = Readonly<Record<string, unknown>>;

function readYaml(text: string): { readonly value: Written; readonly problem: string | null } {
  if (text.length > longestText) return { value: {}, problem: `1:1: has more than ${longestText} characters` };
  const lineCounter = new LineCounter();
  try {
    const document = parseDocument(text, { version: "1.2", schema: "core", prettyErrors: false, lineCounter });
    const [first] = document.errors;
    if (first !== undefined) {
      const { line, col } = lineCounter.linePos(first.pos[0]);
      return { value: {}, problem: `${line}:${col}: cannot be read as YAML: ${first.message}` };
    }
    return { value: mapOf(document.toJS({ maxAliasCount: 100 })), problem: null };
  } catch (error) {
    // Text made to exhaust the parser, or aliases that name nothing.
    if (!(error instanceof RangeError || error instanceof ReferenceError)) throw error;
    return { value: {}, problem: `1:1: cannot be read as YAML: ${error.message}` };
  }
}

/** As the learners name them: `code` is a list of files, and `file` an ONNX model. */
function codePaths({ learner, code, file }: Written): string[] {
  const paths = learner === "onnx" ? textsOf([file]) : textsOf(code);
  return paths.flatMap((path) => inRepository(path) ?? []);
}

/** Paths and globs of sources that lie in the repository; of a `.dvc` file, the pointer. */
function localPaths({ sources }: Written): string[] {
  return listOf(sources).flatMap((source) => {
    const path = textOf(mapOf(source)["path"]);
    if (path === null || !["", "dvc"].includes(schemeOf(path))) return [];
    return inRepository(path) ?? [];
  });
}

/** Whether every source is a path of the repository, whose files are the data themselves. */
const isAllHere = ({ sources }: Written): boolean =>
  listOf(sources).every((source) => schemeOf(textOf(mapOf(source)["path"]) ?? "") === "");

/** Columns whose values are paths of further files. */
const fileFields = ({ schema }: Written): Written[] =>
  listOf(mapOf(schema)["fields"])
    .map(mapOf)
    .filter(({ type }) => type === "file");

/** Files that the rows name, as far as the manifest tells where they are. */
function namedFiles(manifest: Written, sources: readonly string[]): string[] {
  return fileFields(manifest).flatMap(({ folder }) => {
    const own = textOf(folder);
    const folders = own === null ? sources.map((path) => path.split("/").slice(0, -1).join("/")) : [own];
    return folders.flatMap((each) => inRepository(each) ?? []).map(below);
  });
}

/** `null`: it leads out of the repository, which refit refuses. */
function inRepository(path: string): string | null {
  const parts = path.split("/").filter((part) => part !== "." && part !== "");
  return path.startsWith("/") || parts.includes("..") ? null : parts.join("/");
}

const mapOf = (value: unknown): Written =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Written) : {};
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
const textsOf = (value: unknown): string[] => listOf(value).flatMap((each) => textOf(each) ?? []);
