import { posix } from "node:path";
import type { CreateDependencies, StaticDependency } from "nx/src/devkit-exports.js";
import { keptFacts } from "./kept-facts.ts";
import { layoutIn, specFiles } from "./model-files.ts";

/** As Nx calls it, without loading Nx for one word. */
const type = "static" as StaticDependency["type"];

/** From each model to the projects that own the code which it is trained with. */
export const createDependencies: CreateDependencies = async (_options, { projects, workspaceRoot }) => {
  const byRoot = new Map(Object.entries(projects).map(([name, { root }]) => [root, name]));
  const specs = [...byRoot.keys()].map((root) => `${root}/model.yaml`);
  const kept = keptFacts(workspaceRoot);
  const models = specFiles(specs, await layoutIn(kept));
  const facts = await kept.read(
    "spec",
    models.map(({ path }) => path),
  );
  return models.flatMap(({ folder, path }): StaticDependency[] => {
    const source = byRoot.get(folder)!;
    const owners = new Set(facts.get(path)?.code.flatMap((file) => ownerOf(file, byRoot) ?? []));
    return [...owners]
      .filter((target) => target !== source)
      .map((target) => ({ source, target, sourceFile: path, type }));
  });
};

/**
 * The project with the nearest folder above a file. One at the root is left out: any change of the repository would be one of the
 * model; the file itself is among the model's inputs.
 */
function ownerOf(file: string, byRoot: ReadonlyMap<string, string>): string | null {
  for (let folder = posix.dirname(file); folder !== "."; folder = posix.dirname(folder)) {
    const owner = byRoot.get(folder);
    if (owner !== undefined) return owner;
  }
  return null;
}
