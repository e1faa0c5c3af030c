import { ArtifactInvalidError } from "@refit/core/errors";
import type { Ports } from "../ports/index.ts";
import type { RowContext } from "../products/context.ts";
import type { Prepared } from "../products/prepared.ts";
import { artifactBytes, type Training } from "../products/training.ts";
import { importedFileOf, type ImportedModel } from "../versions/imported-model.ts";
import { fitRequest } from "./train-candidate.ts";

/**
 * In place of a training: a model that is in use somewhere. All that is around it is made here, so that a version which says that
 * it was imported can bring its one file and nothing else.
 *
 * @throws ArtifactInvalidError, ImportInvalidError
 */
export async function takeImport(
  ports: Pick<Ports, "learners">,
  { spec }: RowContext,
  prepared: Pick<Prepared, "target" | "part" | "split">,
  { kind, bytes, trainedUntil }: ImportedModel,
): Promise<Training> {
  const file = importedFileOf[kind];
  if (file === undefined) throw new ArtifactInvalidError("lineage.json", "learner", "one whose models are imported");
  const learner = await ports.learners.get(kind);
  const { target, split, part } = prepared;
  const [training, validation] = [await part(split.train), await part(split.validation)];
  const code = new Map([[file, bytes]]);
  const settings = { learner: kind };
  const request = fitRequest(spec, { target, training, validation, code });
  const key = [spec.key ?? []].flat();
  const artifact = await learner.fit({ ...request, settings: { ...settings, file, key } });
  const candidate = {
    settings,
    algorithmVersion: learner.algorithmVersion,
    bytes: artifactBytes(artifact),
    validation: undefined,
    learned: true,
    seconds: 0,
    artifact,
    code: new Map<string, Uint8Array>(),
    reproducible: true,
    declared: { by: "import" as const, trainedUntil },
  };
  return { candidates: [candidate], chosen: candidate, challenger: candidate, procedure: null, shipped: null };
}
