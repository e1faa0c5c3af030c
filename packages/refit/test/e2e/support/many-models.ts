import { createHash } from "node:crypto";
import { createRepository, type TemporaryRepository } from "@refit/testkit";
import type { Lineage, LineageFile } from "@refit/core/history";
import { digestOfInputs } from "../../../src/data/input-digests.ts";
import type { Ports } from "../../../src/ports/index.ts";
import { sha256 } from "../../../src/sha256.ts";
import { readDataManifest, readModelSpec } from "../../../src/specs/documents.ts";

/** Models that share a manifest, a Python library or a package of the workspace: five to a dataset. */
export interface ManyModels {
  readonly repository: TemporaryRepository;
  readonly names: readonly string[];
  /** Writes the live versions of models as a merged retraining leaves them: trained on what is in the work tree. */
  train(models: readonly string[]): Promise<void>;
  /** Contents by path, as they were last written by `write`. */
  readonly files: Map<string, string>;
  write(files: Readonly<Record<string, string>>): Promise<void>;
}

export const nameOf = (i: number) => `m${String(i).padStart(4, "0")}`;
export const datasetOf = (i: number) => `d${String(Math.floor(i / 5)).padStart(4, "0")}`;

const manifestText = (dataset: string) => `sources:
  - path: data/${dataset}/*.csv
schema:
  fields:
    - { name: x, type: number }
    - { name: y, type: boolean }
`;

const specText = (i: number, candidate: string) => `task: binary
data: ${datasetOf(i)}
target: y
candidates:
  - ${candidate}
metrics: { primary: rocAuc }
gates:
  - { metric: rocAuc, min: 0.6 }
seed: ${i}
`;

/** Of ten models one has a Python program, one a program in TypeScript, and one lists the library itself; the others have trees. */
function candidateOf(i: number): string {
  const command = (code: string, argv: string) =>
    `{ learner: command, train: [${argv}], predict: [${argv}], code: [${code}] }`;
  const own = `models/${nameOf(i)}`;
  if (i % 10 === 0) return command(`${own}/train.py`, `python, ${own}/train.py`);
  if (i % 10 === 1) return command(`${own}/train.ts`, `node, ${own}/train.ts`);
  if (i % 10 === 2) return command(`${own}/train.py, libs/features/clean.py`, `python, ${own}/train.py`);
  return "{ learner: gbdt, trees: 5 }";
}

function filesOf(i: number): Record<string, string> {
  const own = `models/${nameOf(i)}`;
  const program: Record<string, string> =
    i % 10 === 0 || i % 10 === 2
      ? { [`${own}/train.py`]: `import json\nfrom libs.features.clean import clean\n# ${i}\nclean(json)\n` }
      : i % 10 === 1
        ? {
            [`${own}/train.ts`]: `import { scale } from "@acme/shared";\nimport "./${nameOf(i)}-more.js";\nscale(${i});\n`,
            [`${own}/${nameOf(i)}-more.ts`]: `export const more = ${i};\n`,
          }
        : {};
  return { [`${own}/model.yaml`]: specText(i, candidateOf(i)), ...program };
}

export async function manyModels(
  count: number,
  ports: (root: string) => Promise<Pick<Ports, "learners">>,
): Promise<ManyModels> {
  const repository = await createRepository();
  const files = new Map<string, string>();
  const write = async (more: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(more)) {
      files.set(path, text);
      await repository.write(path, text);
    }
  };
  const names = Array.from({ length: count }, (_, i) => nameOf(i));
  for (let i = 0; i < count; i++) {
    await write(filesOf(i));
    if (i % 5 !== 0) continue;
    const dataset = datasetOf(i);
    await write({
      [`data-manifests/${dataset}.yaml`]: manifestText(dataset),
      [`data/${dataset}/1.csv`]: `x,y\n${i},true\n`,
    });
  }
  await write({
    "libs/features/clean.py": "from . import words\n",
    "libs/features/__init__.py": "",
    "libs/features/words.py": "WORDS = []\n",
    "libs/shared/package.json": JSON.stringify({ name: "@acme/shared", dependencies: { "@acme/base": "*" } }),
    "libs/shared/src/index.ts": "export const scale = (x: number) => x;\n",
    "libs/shared/README.md": "# Shared\n",
    "libs/base/package.json": JSON.stringify({ name: "@acme/base" }),
    "libs/base/src/index.ts": "export {};\n",
    "libs/unused/words.py": "",
    "docs/page.md": "# Page\n",
    "nx.json": "{}\n",
  });
  const { learners } = await ports(repository.root);

  async function train(models: readonly string[]): Promise<void> {
    for (const model of models) {
      const spec = readModelSpec("model.yaml", files.get(`models/${model}/model.yaml`)!, learners.installed);
      const manifest = readDataManifest("d.yaml", files.get(`data-manifests/${spec.data}.yaml`)!, [""]);
      const data = await Promise.all(
        [...files]
          .filter(([path]) => path.startsWith(`data/${spec.data}/`) && path.endsWith(".csv"))
          .map(([path, text]) => fileOf(path, text)),
      );
      const code = spec.candidates.flatMap((each) => (each as { code?: readonly string[] }).code ?? []);
      const codeDigests = Object.fromEntries(code.map((path) => [path, sha256(files.get(path)!)]));
      const whole = code.length === 0 ? spec : { ...spec, codeDigests };
      const digests = digestOfInputs({ learners }, { spec: whole, manifest }, { files: data });
      await write({
        [`models/${model}/champion/lineage.json`]: JSON.stringify(lineageWith(model, spec.data, data, digests)),
      });
    }
  }

  async function fileOf(path: string, text: string): Promise<LineageFile> {
    const bytes = Buffer.byteLength(text);
    return { path, sha256: sha256(text), bytes, rows: 1, blob: blobId(text) };
  }

  await train(names);
  await repository.commit("Models");
  return { repository, names, train, files, write };
}

type Digests = ReturnType<typeof digestOfInputs>;

function lineageWith(model: string, dataset: string, files: LineageFile[], { input, ...digests }: Digests): Lineage {
  return {
    format: 1,
    model,
    files: {},
    parent: null,
    anchor: null,
    holdout: { kind: "hash", from: null, to: null, fraction: 0.2, rows: 1, digest: sha256(""), trainedUntil: null },
    data: { dataset, files },
    digests,
    learner: { name: "gbdt", algorithmVersion: 1, settings: {} },
    seed: 7,
    inputDigest: input,
  };
}

function blobId(text: string): string {
  return createHash("sha1")
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest("hex");
}
