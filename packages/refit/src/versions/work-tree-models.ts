import path from "node:path";
import { modelOfSpec, modelRoots } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { isName } from "./models.ts";

/** What nobody writes a model into. */
const passedBy = new Set(["champion", "node_modules", ".git"]);

/** Names of all models that have a spec in the work tree, sorted; what refit refuses as a name is left out. */
export async function workTreeModels({ files }: Pick<Ports, "files">, repository: Repository): Promise<string[]> {
  const found: string[] = [];
  const look = async (folder: string): Promise<void> => {
    const children = await files.children(path.join(repository.root, folder));
    const isSpec = children.some((child) => child.name === "model.yaml" && child.kind === "file");
    const name = isSpec ? modelOfSpec(`${folder}/model.yaml`, repository) : null;
    if (name !== null && isName(name)) found.push(name);
    const below = children.filter((child) => child.kind === "folder" && !passedBy.has(child.name));
    await Promise.all(below.map((child) => look(folder === "" ? child.name : `${folder}/${child.name}`)));
  };
  await Promise.all(modelRoots(repository).map(look));
  return found.sort();
}
