import { updateJson, type NxJsonConfiguration, type Tree } from "nx/src/devkit-exports.js";
import { pluginName } from "../plugin-name.ts";
import { formatChanges } from "./format-changes.ts";
import { filesOfInit } from "./refit-init.ts";

/** What `refit init` infers a model from. */
export interface DataOptions {
  readonly data: string;
  readonly target: string;
  readonly time?: string;
  readonly timeFormat?: string;
  readonly name?: string;
}

export interface ModelOptions extends DataOptions {
  readonly python?: string;
}

export interface WorkflowOptions {
  readonly kind?: string;
  readonly action?: string;
  readonly attest?: boolean;
}

/** Adds the plugin to nx.json, once. */
export async function initGenerator(tree: Tree): Promise<void> {
  if (!tree.exists("nx.json")) throw new Error("There is no nx.json here. Set up Nx first: `npx nx init`.");
  updateJson<NxJsonConfiguration, NxJsonConfiguration>(tree, "nx.json", (nxJson) => {
    const plugins = nxJson.plugins ?? [];
    const isThere = plugins.some((plugin) => (typeof plugin === "string" ? plugin : plugin.plugin) === pluginName);
    return isThere ? nxJson : { ...nxJson, plugins: [...plugins, pluginName] };
  });
  await formatChanges(tree);
}

/** Writes a model and its data manifest, inferred from the data. @throws Error with the words of `refit init` */
export async function modelGenerator(tree: Tree, options: ModelOptions): Promise<void> {
  const program = options.python === undefined ? [] : ["--learner", "command", "--python", options.python];
  await writeFiles(tree, await filesOfInit(tree.root, [...dataWords(options), ...program]));
}

/** The same without the model, for one that is written by hand or reads the dataset beside others. */
export async function dataManifestGenerator(tree: Tree, options: DataOptions): Promise<void> {
  const files = await filesOfInit(tree.root, dataWords(options));
  await writeFiles(tree, Object.fromEntries(Object.entries(files).filter(([path]) => !path.endsWith("/model.yaml"))));
}

/** Writes a workflow for GitHub. @throws Error with the words of `refit init` */
export async function workflowGenerator(
  tree: Tree,
  { kind = "nx", action, attest = false }: WorkflowOptions,
): Promise<void> {
  const words = [...option("action", action), ...(attest ? ["--attest"] : [])];
  await writeFiles(tree, await filesOfInit(tree.root, ["--github", "--workflow", kind, ...words]));
}

function dataWords({ data, target, time, timeFormat, name }: DataOptions): string[] {
  const words = { data, target, time, "time-format": timeFormat, model: name };
  return Object.entries(words).flatMap(([word, value]) => option(word, value));
}

/** With `=`, so that a value which begins with a hyphen stays one. */
const option = (word: string, value: string | undefined): string[] =>
  value === undefined ? [] : [`--${word}=${value}`];

/** Only what differs, so that running it again changes nothing. */
async function writeFiles(tree: Tree, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    if (tree.read(path, "utf8") !== text) tree.write(path, text);
  }
}
