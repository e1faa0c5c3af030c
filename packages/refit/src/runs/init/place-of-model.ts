import path from "node:path";
import { UsageError } from "@refit/core/errors";
import { globRoot, layoutFile, modelFolder, usualLayout, type WithLayout } from "@refit/core/spec";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import { decodeText } from "../../text.ts";
import type { InitFile } from "./place-files.ts";
import { editorLines } from "./editor-line.ts";

/** Where a new model will stand. */
export interface PlacedModel {
  readonly name: string;
  /** One word, such as `apps-shop-churn`. */
  readonly dataset: string;
  /** The layout with the model's folder in it. */
  readonly at: WithLayout;
  /** The new text of `refit.yaml`; `null`: its folder may hold a model as it is. */
  readonly layout: InitFile | null;
}

/**
 * A path whose parent folder is there means that folder, so that a model stands beside its code; it is added to `refit.yaml`. Any other
 * word is a name below `models/`.
 *
 * @param word as a person names the model, or its data file. @param inside the same as a path from the root.
 * @throws UsageError
 */
export async function placeOfModel(
  ports: Pick<Ports, "files">,
  repository: Repository,
  { word, inside }: { readonly word: string; readonly inside: string },
): Promise<PlacedModel> {
  const isHere = /^\.\.?\//.test(word);
  const parts = (isHere ? inside : word).split("/").filter((part) => part !== "");
  const name = parts
    .slice(parts.length > 1 && parts[0] === "models" ? 1 : 0)
    .map(nameFrom)
    .join("/");
  const placed = { name, dataset: nameFrom(name.replaceAll("/", "-")) };
  const isCovered = modelFolder(name, repository) === name;
  if (isCovered || parts[0] === "models" || !(await isBesideCode(ports, repository, name, isHere)))
    return { ...placed, at: repository, layout: null };
  const { models } = repository.layout ?? usualLayout;
  return {
    ...placed,
    at: { layout: { models: [...models, name] } },
    layout: await withFolder(ports, repository, name),
  };
}

async function isBesideCode(
  { files }: Pick<Ports, "files">,
  { root }: Repository,
  name: string,
  isHere: boolean,
): Promise<boolean> {
  const parent = path.posix.dirname(name);
  return isHere || (parent !== "." && (await files.children(path.join(root, parent))).length > 0);
}

async function withFolder(ports: Pick<Ports, "files">, { root }: Repository, folder: string): Promise<InitFile> {
  const before = await ports.files.read(path.join(root, layoutFile));
  const { isSeq, parseDocument } = await import("yaml");
  const document = parseDocument(before === null ? "" : decodeText(before));
  if (isSeq(document.get("models"))) document.addIn(["models"], folder);
  else document.set("models", [...usualLayout.models, folder]);
  const first = before === null ? (await editorLines(ports, { root }))(layoutFile, "refit") : "";
  return { text: first + document.toString({ lineWidth: 0 }), addsTo: before };
}

/**
 * Paths in the words of a workflow's `paths`, whose changes are of models outside of `models/`. These know no braces, and mean something
 * else by `?`, so that such a glob counts as far as it is plain.
 */
export function besidePaths({ layout = usualLayout }: WithLayout): string[] {
  const globs = layout.models.filter((glob) => globRoot(glob) !== "models");
  const folders = globs.map((glob) => (/[?[\]{}]/.test(glob) ? globRoot(glob) : glob));
  const paths = folders.map((folder) => (folder.endsWith("**") ? folder : path.posix.join(folder, "**")));
  return paths.length === 0 ? [] : [layoutFile, ...new Set(paths)];
}

/** A model name out of a file name: `Bird Strikes (1990).csv` gives `bird-strikes-1990`. */
export function nameFrom(word: string): string {
  const stem = word
    .replace(/\.(?:csv|tsv|parquet|jsonl|ndjson)(?:\.gz)?$/i, "")
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "");
  const name = stem
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 100)
    .replaceAll(/^-+|-+$/g, "");
  if (name === "")
    throw new UsageError(`Cannot make a model name from "${word}"; use --model.`, "refit init --model NAME");
  return name;
}
