import type { ProbedVersion } from "@refit/core/answers";
import { ArtifactInvalidError, ModelUnknownError } from "@refit/core/errors";
import { championFolder, checkModelName, type TreeFile } from "@refit/core/history";
import { checkProbes, limitsOf, PROBES_FILE, readProbes, rowScorer, rowTyper } from "@refit/core/runtime";
import path from "node:path";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { decodeText } from "../text.ts";
import { parseFeatureSpec, parseLineage } from "../versions/stored-files.ts";
import { wrongIn } from "../versions/tree-facts.ts";
import { workTreeModels } from "../versions/work-tree-models.ts";
export type { ProbedVersion } from "@refit/core/answers";

type ProbePorts = Pick<Ports, "files" | "largeFiles" | "learners">;

/**
 * Asks the version in the work tree its probe rows, after comparing every file with its `lineage.json`. The answer follows from the
 * folder alone: no history is read and no data.
 *
 * @throws ModelNameError, ModelUnknownError, FormatNewerError, LearnerMissingError, LfsMissingError, LfsObjectMissingError
 */
export async function probeVersion(ports: ProbePorts, repository: Repository, model: string): Promise<ProbedVersion> {
  checkModelName(model);
  const files = await championFiles(ports, repository, model);
  if (files.size === 0) {
    const known = await workTreeModels(ports, repository);
    if (!known.includes(model)) throw new ModelUnknownError(model, known, { ...repository, tree: "in the work tree" });
    return { model, result: "none", rows: 0, why: "There is no version in the work tree." };
  }
  const problem = await wrongIn({ git: objectsOf(files) }, treeOf(files));
  if (problem !== null) return { model, result: "other", rows: 0, why: problem };
  const bytes = files.get(PROBES_FILE);
  if (bytes === undefined) return { model, result: "none", rows: 0, why: "The version carries no probe rows." };
  const { rows, answers } = readProbes(bytes);
  try {
    checkProbes({ answers }, await answersTo(ports, files, rows), 0);
  } catch (error) {
    if (!(error instanceof ArtifactInvalidError)) throw error;
    return { model, result: "other", rows: rows.length, why: error.message };
  }
  return { model, result: "same", rows: rows.length, why: null };
}

type ChampionBytes = ReadonlyMap<string, Uint8Array>;

async function championFiles(ports: ProbePorts, repository: Repository, model: string): Promise<ChampionBytes> {
  const folder = path.join(repository.root, championFolder(model, repository));
  const stored = new Map<string, Uint8Array>();
  for (const { path: name, isFile } of await ports.files.list(folder)) {
    if (!isFile) throw new ArtifactInvalidError(name, "", "a regular file");
    stored.set(name, (await ports.files.read(path.join(folder, name))) ?? new Uint8Array());
  }
  return ports.largeFiles.resolve(repository, stored);
}

async function answersTo(
  { learners }: Pick<Ports, "learners">,
  files: ChampionBytes,
  rows: Parameters<ReturnType<typeof rowTyper>>[0],
): Promise<Float64Array> {
  const features = parseFeatureSpec(decodeText(files.get("features.json")!));
  const { learner } = parseLineage(decodeText(files.get("lineage.json")!));
  const artifact = [...files].flatMap(([name, bytes]) =>
    name.startsWith("artifact/") ? [[name.slice("artifact/".length), bytes] as const] : [],
  );
  const inputs = features.inputs.filter(({ type }) => type !== "file");
  const predictor = await (await learners.get(learner.name)).load(new Map(artifact), limitsOf({}));
  return rowScorer({ ...features, inputs }, predictor)(await rowTyper(inputs)(rows));
}

/** The files as git would list them, each by its path in place of an id. */
const treeOf = (files: ChampionBytes): TreeFile[] =>
  [...files.keys()].map((name) => ({ path: name, id: name, mode: "100644" }));

const objectsOf = (files: ChampionBytes) => ({
  read: async (names: readonly string[]) => names.map((name) => files.get(name) ?? null),
});
