import path from "node:path";
import { RefitError } from "@refit/core/errors";
import { codeOf, globRoot, schemeOf, viewFile, type DataManifest } from "@refit/core/spec";
import type { Repository } from "../../ports/repository.ts";
import { readSpecs } from "../../rooms/read.ts";
import { workTreeModels } from "../../versions/work-tree-models.ts";

type WatchPorts = Parameters<typeof readSpecs>[0];

/**
 * Paths outside of `models/` and `data-manifests/` whose change can make another model of what is written in the work tree: data, feature
 * views and training code, each as a folder or file. Of a model that cannot be read nothing is known, which is told.
 */
export async function watchedGlobs(ports: WatchPorts, repository: Repository): Promise<string[]> {
  const found = new Set<string>();
  for (const model of await workTreeModels(ports, repository)) {
    try {
      const { spec, manifest } = await readSpecs(ports, repository, model, { workTree: true });
      for (const each of globsOf(manifest)) found.add(each);
      for (const file of spec.candidates.flatMap(codeOf)) found.add(inWords(path.posix.normalize(file)));
    } catch (error) {
      if (!(error instanceof RefitError)) throw error;
      ports.out.notice(
        `The model ${model} cannot be read, so the workflow does not start for its data: run \`refit check ${model}\`, then init again.`,
      );
    }
  }
  return [...found].filter((glob) => !/^(models|data-manifests)\//.test(glob)).sort();
}

function globsOf({ sources, tables = [], views = [], schema }: DataManifest): string[] {
  const all = [...sources, ...tables.flatMap((table) => table.sources)];
  const here = all.filter((source) => ["", "dvc"].includes(schemeOf(source.path)));
  const named = [schema, ...tables.map((table) => table.schema)].flatMap((each) => each?.fields ?? []);
  const folders = named.flatMap((field) => ("folder" in field && field.folder !== undefined ? [field.folder] : []));
  return [
    ...here.map((source) => watchedGlob(source.path)),
    ...views.map(viewFile),
    ...folders.map((folder) => below(path.posix.normalize(folder).replace(/\/$/, ""))),
  ];
}

/** A file as itself, so that its folder may hold others; a glob as the folder that all of its files lie in. */
export function watchedGlob(source: string): string {
  const glob = path.posix.normalize(source);
  const root = globRoot(glob);
  return root === glob ? inWords(glob) : below(root);
}

const below = (folder: string): string => (folder === "" || folder === "." ? "**" : `${inWords(folder)}/**`);

/** Letters that mean something else to those who match paths stand for any other letter. */
const inWords = (file: string): string => file.replaceAll(/[*?+[\]{}!\\"'#]/g, "*");
