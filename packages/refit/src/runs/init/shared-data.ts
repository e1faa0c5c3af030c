import path from "node:path";
import { quoted } from "@refit/core/errors";
import { manifestPath } from "@refit/core/spec";
import type { Repository } from "../../ports/repository.ts";
import { readSpecs } from "../../rooms/read.ts";
import { workTreeModels } from "../../versions/work-tree-models.ts";
import { nullIfForeseen } from "../or-failed.ts";

type SharingPorts = Parameters<typeof readSpecs>[0] & Parameters<typeof workTreeModels>[0];

interface NewModel {
  /** The data, by their path from the root. */
  readonly file: string;
  readonly dataset: string;
  /** Its `model.yaml`. */
  readonly spec: string;
}

/** A sentence about the manifest of another model that reads the same file; none where there is none. */
export async function sharedDataNotes(
  ports: SharingPorts,
  repository: Repository,
  { file, dataset, spec }: NewModel,
): Promise<string[]> {
  for (const model of await workTreeModels(ports, repository)) {
    const read = await readSpecs(ports, repository, model, { workTree: true }).catch(nullIfForeseen);
    if (read === null || read.spec.data === dataset) continue;
    if (!read.manifest.sources.some((source) => path.posix.normalize(source.path) === file)) continue;
    return [
      `${manifestPath(read.spec.data)} reads ${quoted(file)} already, for the model ${model}. To share it, write \`data: ${read.spec.data}\` in ${spec}, and delete ${manifestPath(dataset)}.`,
    ];
  }
  return [];
}
