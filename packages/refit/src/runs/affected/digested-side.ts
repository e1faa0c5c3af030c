import { type ContentOfData, dataPaths, type ModelSide, type WrittenModel } from "@refit/core/affected";
import type { InputDigests, Lineage, LineageFile } from "@refit/core/history";
import { globPattern, schemeOf } from "@refit/core/spec";
import { digestOfInputs } from "../../data/input-digests.ts";
import type { Ports } from "../../ports/index.ts";
import type { TreeSide } from "./tree-side.ts";

/** A model on one side of a change, with the digests that a run would come to there. */
export interface DigestedSide extends ModelSide {
  readonly digests: InputDigests;
  readonly data: ContentOfData;
}

/**
 * The inputs of a model at a commit, without reading data: what the live version was trained on says the digest of each object of git that it
 * has read, and any other object is known by its id. Data outside of git count as they were for that version.
 */
export function digestedSide(
  ports: Pick<Ports, "learners">,
  written: WrittenModel,
  side: TreeSide,
  lineage: Lineage | null,
): DigestedSide {
  const { sources, tables = [] } = written.manifest;
  const content = (of: ManifestSources, then: readonly LineageFile[] = []) => contentOf(of, side, then);
  const files = content(sources, lineage?.data.files);
  const further = tables.map(
    (table) => [table.name, content(table.sources, lineage?.data.tables?.[table.name])] as const,
  );
  const data = { files, tables: new Map(further) };
  const listed = (all: readonly string[]) => all.map((sha256) => ({ sha256 }));
  const digests = digestOfInputs(ports, written, {
    files: listed(files),
    tables: new Map(further.map(([name, each]) => [name, listed(each)])),
  });
  const all = [sources, ...tables.map((table) => table.sources)];
  const pointers = all
    .flatMap((of) => dataPaths(of, side.index).filter(isPointer))
    .map((path) => side.blobs.get(path)!);
  // Where data are that git does not have is in no digest, since what they hold is.
  const elsewhere = all.map((of) => of.filter(({ path }) => schemeOf(path) !== ""));
  return { ...written, digests, data, inputs: JSON.stringify([digests.input, pointers.sort(), elsewhere]) };
}

type ManifestSources = WrittenModel["manifest"]["sources"];

function contentOf(
  sources: ManifestSources,
  { blobs, index }: TreeSide,
  then: readonly LineageFile[],
): readonly string[] {
  const paths = dataPaths(sources, index);
  const known = new Map(then.flatMap(({ blob, sha256 }) => (blob === null ? [] : [[blob, sha256]])));
  const here = new Set(paths);
  const isRemote = sources.some(({ path }) => schemeOf(path) !== "");
  const patterns = sources.map(({ path }) => globPattern(path));
  const isNamed = ({ path, version }: LineageFile) =>
    version === undefined ? patterns.some((pattern) => pattern.test(path)) : isRemote;
  const tracked = paths
    .filter((path) => !isPointer(path))
    .map((path) => known.get(blobs.get(path)!) ?? blobs.get(path)!);
  const elsewhere = then.filter((file) => file.blob === null && !here.has(file.path) && isNamed(file));
  return [...tracked, ...elsewhere.map(({ sha256 }) => sha256)];
}

/** Of DVC: no other file that ends so is read. */
const isPointer = (path: string) => /\.dvc$/i.test(path);
