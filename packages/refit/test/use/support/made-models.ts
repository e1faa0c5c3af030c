import { createHash } from "node:crypto";
import { createRepository, type TemporaryRepository } from "@refit/testkit";
import { madeInputs } from "../../../../runtime/src/made-records.fixture.ts";
import { madeKinds, madeVersion, type MadeVersion } from "../../../../runtime/src/made-version.fixture.ts";

/** A model of one kind, live on main. */
export interface MadeModel extends MadeVersion {
  readonly name: string;
  readonly kind: string;
  readonly task: "binary" | "multiclass" | "regression";
}

/** One of each kind that the runtime opens by itself. */
export async function madeModels(): Promise<MadeModel[]> {
  const models: MadeModel[] = [];
  for (const [kind, wanted] of Object.entries(madeKinds)) {
    const name = kind.replaceAll(/[^a-z]+/g, "-");
    const made = await madeVersion(wanted);
    models.push({ ...made, name, kind, task: wanted.task, files: withWholeLineage(name, made.files) });
  }
  return models;
}

/** A repository in which all of them are live, over one data manifest; the caller disposes it. */
export async function repositoryOf(models: readonly MadeModel[]): Promise<TemporaryRepository> {
  const repository = await createRepository();
  await repository.write(".gitattributes", "models/*/champion/** -text -merge\n");
  await repository.write("data-manifests/made.yaml", JSON.stringify(manifest));
  for (const { name, task, files } of models) {
    await repository.write(`models/${name}/model.yaml`, JSON.stringify(specOf(task)));
    for (const [file, bytes] of files) await repository.write(`models/${name}/champion/${file}`, bytes);
  }
  await repository.commit("Models");
  return repository;
}

const primary = { binary: "rocAuc", multiclass: "accuracy", regression: "rmse" } as const;

const specOf = (task: MadeModel["task"]) => ({
  task,
  data: "made",
  target: "damaged",
  candidates: [{ learner: "linear" }],
  holdout: { fraction: 0.3 },
  metrics: { primary: primary[task] },
  gates: [{ metric: primary[task], maxRegression: 1 }],
});

const manifest = {
  sources: [{ path: "data/*.csv" }],
  schema: { fields: madeInputs.map(({ name, type }) => ({ name, type })) },
};

const sha256 = (content: string | Uint8Array) => createHash("sha256").update(content).digest("hex");

/** All that refit writes of a version beside its digests; the runtime asks for less. */
function withWholeLineage(model: string, files: MadeVersion["files"]): MadeVersion["files"] {
  const stored = JSON.parse(new TextDecoder().decode(files.get("lineage.json"))) as { readonly learner: object };
  const lineage = {
    ...stored,
    model,
    parent: null,
    anchor: null,
    holdout: { kind: "hash", from: null, to: null, fraction: 0.3, rows: 0, digest: sha256(""), trainedUntil: null },
    data: { dataset: "made", files: [] },
    digests: { spec: sha256("spec"), manifest: sha256("manifest"), code: null, settings: sha256("settings") },
    learner: { ...stored.learner, algorithmVersion: 1, settings: {} },
    seed: 3,
    inputDigest: sha256(model),
  };
  return new Map([...files, ["lineage.json", new TextEncoder().encode(JSON.stringify(lineage))]]);
}
