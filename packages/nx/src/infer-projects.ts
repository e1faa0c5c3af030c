import { readFileSync } from "node:fs";
import { join } from "node:path";
import { layoutFile, manifestPath } from "@refit/core/spec";
import type {
  CreateNodes,
  CreateNodesContext,
  CreateNodesResultArray,
  ProjectConfiguration,
} from "nx/src/devkit-exports.js";
import { inputGlob } from "./input-glob.ts";
import { keptFacts } from "./kept-facts.ts";
import { layoutIn, specFiles, specGlob, type SpecFile } from "./model-files.ts";
import { modelTargets, sourcesInput, versionInput } from "./model-targets.ts";
import { unseenFiles } from "./unseen-files.ts";
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
  const models = specFiles(found, await layoutIn(kept));
  const specs = await kept.read(
    "spec",
    models.map(({ path }) => path),
  );
  const data = new Set([...specs.values()].flatMap((spec) => spec.data ?? []));
  const manifests = await kept.read("manifest", [...data].map(manifestPath));
  kept.keep();

  const read = models.flatMap((file): (readonly [SpecFile, ModelFacts])[] => {
    const spec = specs.get(file.path);
    if (spec === undefined) return [];
    return [
      [file, { spec, manifest: (spec.data === null ? undefined : manifests.get(manifestPath(spec.data))) ?? null }],
    ];
  });
  const upstream = "production" in (nxJsonConfiguration.namedInputs ?? {}) ? "^production" : "^default";
  const packages = namedPackages(workspaceRoot);
  const mayCache = (facts: ModelFacts) => packages.length > 0 && facts.manifest?.isClosed === true;
  const asked = read.flatMap(([file, facts]) => (mayCache(facts) ? sourcesOf(file, facts) : []));
  const isUnseen = unseenFiles(workspaceRoot, new Set(asked));
  return read.map(([file, facts]) => {
    const { model, path } = file;
    const sources = sourcesOf(file, facts);
    const seesData = mayCache(facts) && !sources.some(isUnseen);
    const targets = modelTargets({ model, upstream, packages, seesData });
    const project = { ...modelProject(file, facts, sources), targets };
    return [path, { projects: { [project.root]: project } }] as const;
  });
}

/** What people write of a model and the data that it learns from, as globs from the root. */
function sourcesOf({ path }: SpecFile, { spec, manifest }: ModelFacts): string[] {
  const data = spec.data === null ? [] : [manifestPath(spec.data)];
  return [...new Set([layoutFile, path, ...data, ...spec.code.map(inputGlob), ...(manifest?.files ?? [])])];
}

function modelProject(
  { model, path, folder }: SpecFile,
  facts: ModelFacts,
  sources: readonly string[],
): ProjectConfiguration {
  return {
    name: folder,
    root: folder,
    tags: ["refit:model"],
    metadata: { description: descriptionOf(model, path, facts), technologies: ["refit"] },
    namedInputs: {
      [sourcesInput]: sources.map((file) => `{workspaceRoot}/${file}`),
      [versionInput]: [layoutFile, `${folder}/champion/**/*`].map((file) => `{workspaceRoot}/${file}`),
    },
  };
}

function descriptionOf(model: string, path: string, { spec, manifest }: ModelFacts): string {
  if (spec.problem !== null) return `${path}:${spec.problem}`;
  if (spec.data === null) return `${path}:1:1: has no data manifest under \`data\``;
  const file = manifestPath(spec.data);
  if (manifest === null) return `${path}: ${file} does not exist`;
  return manifest.problem === null ? `Model ${model}, kept fresh by refit.` : `${file}:${manifest.problem}`;
}

/** Packages that answer. Nx refuses to hash one that the workspace does not name, such as where refit is a project of it. */
function namedPackages(root: string): string[] {
  try {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      readonly [kind: string]: Readonly<Record<string, string>> | undefined;
    };
    const named = { ...dependencies, ...devDependencies };
    return named["refit"] === undefined ? [] : ["refit", "@refit/tfjs"].filter((name) => named[name] !== undefined);
  } catch {
    return [];
  }
}
