import { AlreadyThereError, NoCommitsError, UsageError } from "@refit/core/errors";
import path from "node:path";
import { exampleCsv } from "../runs/init/example-data.ts";
import { manifestText, specText } from "../runs/init/infer-spec.ts";
import { inspectData } from "../runs/init/inspect-data.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import type { PipelineTemplates } from "../ports/pipelines.ts";
import type { Flags } from "./command.ts";
import { decodeText, encodeText } from "../text.ts";

export const usage =
  "refit init [--data FILE --target COLUMN [--time COLUMN] | --example] [--model NAME] [--github [--workflow KIND] [--action NAME]] [--dry-run] [--json]";
export const summary =
  "Write a data manifest and a model.yaml, inferred from your own data or for a small example, and a GitHub workflow.";
export const options = {
  data: { type: "string" },
  target: { type: "string" },
  time: { type: "string" },
  model: { type: "string" },
  example: { type: "boolean" },
  github: { type: "boolean" },
  workflow: { type: "string" },
  action: { type: "string" },
  "dry-run": { type: "boolean" },
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  data: "CSV, Parquet or JSON Lines file inside the repository",
  target: "the column to predict",
  time: "the date column; the newest rows become the holdout",
  model: "name of the model; default: taken from the file's name",
  example: "write a small made-up dataset and a model for it",
  github: "write .github/workflows/refit.yml, with or without a model",
  workflow:
    "with --github: simple (the default), hardened (training runs without a write token), matrix (one job per model) or nx (a monorepo)",
  action: "with --github: the action to use, such as OWNER/refit@v1",
  "dry-run": "print the files and write nothing",
  json: "print the files as JSON",
};

/** What a repository without a commit holds; git knows this object everywhere. */
const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
const ATTRIBUTES = "models/*/champion/** -text -merge";

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  if (args.length > 0) throw new UsageError("init takes no arguments; use --model to name the model.", usage);
  const example = flags.example === true;
  const data = example ? "data/subscriptions.csv" : flags.data;
  const target = example ? "cancelled" : flags.target;
  const time = example ? "signed_up" : (flags.time ?? null);
  const wanted = data !== undefined && target !== undefined;
  if (!wanted && (data !== undefined || target !== undefined || flags.github !== true))
    throw new UsageError("init needs --data and --target, or --example, or --github.", usage);

  const repository = await locateOrRoot(ports);
  const dataPaths = data === undefined ? ["data/**"] : [attributePattern(toLogicalPath(repository, data))];
  const templates = flags.github === true ? ports.pipelines.templates.get("github")! : null;
  const files = new Map(templates && (await pipelineFiles(templates, repository, flags, dataPaths)));
  if (!wanted) {
    await writeFiles(ports, repository, files, flags["dry-run"] === true);
    printFiles(ports, files, flags, ["", ...beforePush(templates!, flags)]);
    return 0;
  }
  const file = path.join(repository.root, data);
  if (example) files.set(data, exampleCsv());
  if (example && flags["dry-run"] !== true) await ports.files.write(file, encodeText(files.get(data)!));

  const logical = toLogicalPath(repository, data);
  const dataset = nameFrom(flags.model ?? path.posix.basename(logical));
  const inferred = await inspectData(ports, repository, { file: logical, target, time });
  files.set(
    `data-manifests/${dataset}.yaml`,
    manifestText(logical, inferred.columns, inferred.found.rows, inferred.missing),
  );
  files.set(`models/${dataset}/model.yaml`, specText(inferred.found, { dataset, target, time, key: inferred.key }));
  const attributes = await withAttributes(ports, repository, logical);
  if (attributes !== null) files.set(".gitattributes", attributes);
  await writeFiles(ports, repository, files, flags["dry-run"] === true);

  printFiles(ports, files, flags, nextSteps(dataset, inferred.found.task, templates && beforePush(templates, flags)));
  return 0;
}

/** What a person has to do before the pipeline can work. */
function beforePush({ setup, unknownAction }: PipelineTemplates, { action }: Flags): string[] {
  return [...(action === undefined ? [unknownAction.sentence] : []), setup];
}

async function pipelineFiles(
  templates: PipelineTemplates,
  repository: Repository,
  flags: Flags,
  dataPaths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { kinds, unknownAction } = templates;
  const kind = kinds.find((each) => each === (flags.workflow ?? kinds[0]));
  if (kind === undefined) throw new UsageError(`--workflow must be one of ${kinds.join(", ")}.`, usage);
  const action = flags.action ?? unknownAction.action;
  if (!/^[\w.-]+\/[\w./-]+@[\w./-]+$/.test(action))
    throw new UsageError("--action must have the form OWNER/NAME@VERSION.", usage);
  const { baseBranch, root } = repository;
  return templates.files({ kind, action, baseBranch, dataPaths, name: path.basename(root) });
}

function printFiles(
  ports: Pick<Ports, "out">,
  files: ReadonlyMap<string, string>,
  flags: Flags,
  then: readonly string[],
): void {
  if (flags.json === true) return ports.out.print(JSON.stringify(Object.fromEntries(files), null, 2));
  const shown = [...files].filter(([file]) => !file.startsWith("data/"));
  const lines =
    flags["dry-run"] === true
      ? shown.flatMap(([file, text]) => [`# ${file}`, text])
      : [...[...files.keys()].map((file) => `wrote ${file}`), ...then];
  for (const line of lines) ports.out.print(line);
}

/** A repository without a commit is where a newcomer starts. */
async function locateOrRoot(ports: Pick<Ports, "git">): Promise<Repository> {
  try {
    return await ports.git.locate();
  } catch (error) {
    if (!(error instanceof NoCommitsError)) throw error;
    const { folder } = error;
    return {
      root: folder,
      commonDir: path.join(folder, ".git"),
      baseBranch: "main",
      baseCommit: EMPTY_TREE,
      remote: null,
      notices: [],
    };
  }
}

/** The path with `/`, from the repository's root. */
function toLogicalPath(repository: Repository, file: string): string {
  const relative = path.relative(repository.root, path.resolve(repository.root, file)).split(path.sep).join("/");
  if (relative.startsWith("../") || path.isAbsolute(relative)) {
    throw new UsageError(`${file} is outside the repository; copy it into the repository first.`, usage);
  }
  return relative;
}

/** A model name out of a file name: `Bird Strikes (1990).csv` gives `bird-strikes-1990`. */
function nameFrom(word: string): string {
  const stem = word
    .replace(/\.(?:csv|tsv|parquet|jsonl|ndjson)(?:\.gz)?$/i, "")
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "");
  const name = stem
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  if (name === "") throw new UsageError(`Cannot make a model name from "${word}"; use --model.`, usage);
  return name;
}

/** The new text of .gitattributes; `null` when it says all that is needed. */
async function withAttributes(
  ports: Pick<Ports, "files">,
  repository: Repository,
  file: string,
): Promise<string | null> {
  const bytes = await ports.files.read(path.join(repository.root, ".gitattributes"));
  const text = bytes === null ? "" : decodeText(bytes);
  const wanted = [ATTRIBUTES, `${attributePattern(file)} -text`].filter((line) => !text.split("\n").includes(line));
  if (wanted.length === 0) return null;
  return `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${wanted.join("\n")}\n`;
}

/** The file's folder, so that files which arrive later are covered; a file at the root by its ending. */
function attributePattern(file: string): string {
  const folder = path.posix.dirname(file);
  const pattern = folder === "." ? `*${path.posix.extname(file)}` : `${folder}/**`;
  return /[\s"]/.test(pattern) ? JSON.stringify(pattern) : pattern;
}

async function writeFiles(
  ports: Pick<Ports, "files">,
  repository: Repository,
  files: ReadonlyMap<string, string>,
  dryRun: boolean,
) {
  const written = [...files].filter(([file]) => file !== ".gitattributes" && !file.startsWith("data/"));
  for (const [file] of written) {
    if ((await ports.files.read(path.join(repository.root, file))) !== null) throw new AlreadyThereError(file);
  }
  if (dryRun) return;
  for (const [file, text] of files) await ports.files.write(path.join(repository.root, file), encodeText(text));
}

function nextSteps(model: string, task: string, first: readonly string[] | null): string[] {
  const commit = `git add -A && git commit -m "Add the model ${model}"`;
  return [
    "",
    `The task is ${task}. Read models/${model}/model.yaml: are there columns that would not be known at prediction time?`,
    "",
    ...(first !== null
      ? [
          ...first,
          "",
          "Then:",
          `  ${commit} && git push`,
          "The push starts the workflow, which opens a pull request with the first model.",
        ]
      : ["Then:", `  ${commit}`, `  refit run ${model}`]),
  ];
}
