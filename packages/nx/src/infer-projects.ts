import { readFileSync } from "node:fs";
import { join } from "node:path";
import { manifestPath } from "@refit/core/spec";
import type {
  CreateNodes,
  CreateNodesContext,
  CreateNodesResultArray,
  ProjectConfiguration,
} from "nx/src/devkit-exports.js";
import { inputGlob } from "./input-glob.ts";
import { keptFacts } from "./kept-facts.ts";
import { projectOf, specFiles, specGlob, type SpecFile } from "./model-files.ts";
import { modelTargets, sourcesInput } from "./model-targets.ts";
import type { ManifestFacts, SpecFacts } from "./written-facts.ts";

/**
 * One project for each model. Never fails for what people have written: a spec that cannot be read says so in the description of its
 * own project, and its targets end with refit's own message.
 */
export const createNodes: CreateNodes = [specGlob, inferProjects];

/**
 * The name that Nx 21 asks for; later ones prefer `createNodes`.
 *
 * @alias
 */
export const createNodesV2: CreateNodes = createNodes;

/** What a model's project is made of. */
interface ModelFacts {
  readonly spec: SpecFacts;
  /** `null`: there is no such file. */
  readonly manifest: ManifestFacts | null;
}

async function inferProjects(
  found: readonly string[],
  _options: unknown,
  { workspaceRoot, nxJsonConfiguration }: CreateNodesContext,
): Promise<CreateNodesResultArray> {
  const kept = keptFacts(workspaceRoot);
  const models = specFiles(found);
  const specs = await kept.read(
    "spec",
    models.map(({ path }) => path),
  );
  const data = new Set([...specs.values()].flatMap((spec) => spec.data ?? []));
  const manifests = await kept.read("manifest", [...data].map(manifestPath));
  kept.keep();

  const upstream = "production" in (nxJsonConfiguration.namedInputs ?? {}) ? "^production" : "^default";
  const others = [upstream, ...(dependsOnRefit(workspaceRoot) ? [{ externalDependencies: ["refit"] }] : [])];
  return models.flatMap((file) => {
    const spec = specs.get(file.path);
    if (spec === undefined) return [];
    const manifest = (spec.data === null ? undefined : manifests.get(manifestPath(spec.data))) ?? null;
    const project = { ...modelProject(file, { spec, manifest }), targets: modelTargets(file.model, others) };
    return [[file.path, { projects: { [project.root]: project } }] as const];
  });
}

function modelProject({ model, path }: SpecFile, { spec, manifest }: ModelFacts): ProjectConfiguration {
  const name = projectOf(model);
  const data = spec.data === null ? [] : [manifestPath(spec.data)];
  const files = [path, ...data, ...spec.code.map(inputGlob), ...(manifest?.files ?? [])];
  return {
    name,
    root: name,
    tags: ["refit:model"],
    metadata: { description: descriptionOf(model, path, { spec, manifest }), technologies: ["refit"] },
    namedInputs: { [sourcesInput]: [...new Set(files)].map((file) => `{workspaceRoot}/${file}`) },
  };
}

function descriptionOf(model: string, path: string, { spec, manifest }: ModelFacts): string {
  if (spec.problem !== null) return `${path}:${spec.problem}`;
  if (spec.data === null) return `${path}:1:1: names no data manifest under \`data\``;
  const file = manifestPath(spec.data);
  if (manifest === null) return `${path}: ${file} does not exist`;
  return manifest.problem === null ? `Model ${model}, kept fresh by refit.` : `${file}:${manifest.problem}`;
}

/** Nx refuses to hash a package that the workspace does not name, such as where refit is a project of it. */
function dependsOnRefit(root: string): boolean {
  try {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      readonly [kind: string]: Readonly<Record<string, string>> | undefined;
    };
    return dependencies?.["refit"] !== undefined || devDependencies?.["refit"] !== undefined;
  } catch {
    return false;
  }
}
