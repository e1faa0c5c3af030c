import { specPath } from "@refit/core/history";
import { layoutFile, manifestPath } from "@refit/core/spec";
import { NoCommitsError, quotedList, UsageError } from "@refit/core/errors";
import path from "node:path";
import { decodeText } from "../../text.ts";
import type { Ports } from "../../ports/index.ts";
import type { PipelineTemplates } from "../../ports/pipelines.ts";
import type { Repository } from "../../ports/repository.ts";
import { editorLines } from "./editor-line.ts";
import { exampleCsv } from "./example-data.ts";
import { specText } from "./infer-spec.ts";
import { manifestText } from "./manifest-text.ts";
import { laidOutOnDisk } from "../../specs/read-layout.ts";
import { inspectData, type Inspection } from "./inspect-data.ts";
import { placeOfData } from "./data-files.ts";
import type { PythonRequest } from "./python-program.ts";
import { besidePaths, placeOfModel } from "./place-of-model.ts";
import { packageManagerIn } from "./package-manager.ts";
import { unkeptPatterns } from "../../versions/keeps-versions.ts";
import { workTreeModels } from "../../versions/work-tree-models.ts";
import { placeFiles, type InitFile } from "./place-files.ts";
import { sharedDataNotes } from "./shared-data.ts";
import { watchedGlob, watchedGlobs } from "./watched-globs.ts";
import { isAsWritten, withMark } from "./written-mark.ts";
import type { LeftOut } from "../../ports/git.ts";
import type { FileChange } from "../../ports/work-tree.ts";

export const usage =
  "refit init [--data FILE --target COLUMN [--time COLUMN [--time-format FORMAT]] | --example] [--learner command --python FILE] [--model NAME] [--github [--workflow KIND] [--action NAME] [--attest] [--pages]] [--overwrite FILE]… [--memory SIZE] [--limit NAME=NUMBER]… [--dry-run] [--json]";

type InitPorts = Parameters<typeof inspectData>[0] &
  Parameters<typeof watchedGlobs>[0] &
  Pick<Ports, "git" | "files" | "obstacles" | "workTree">;

/** A model to begin with. */
export interface InitModel {
  /** Data file, as a person names it. */
  readonly data: string;
  readonly target: string;
  readonly time: string | null;
  /** How the time is written, as a strptime pattern; `null`: not said. */
  readonly timeFormat: string | null;
  /** `null`: taken from the file's name. */
  readonly name: string | null;
  /** Program in Python that trains, from the repository's root; `null`: learners that come with refit. */
  readonly python: string | null;
  /** Whether the data file is made as well. */
  readonly example: boolean;
}

/** Files of a pipeline that runs refit. */
export interface InitPipeline {
  readonly templates: PipelineTemplates;
  /** `null`: the first kind that there is. */
  readonly kind: string | null;
  /** Such as `OWNER/refit@v1`; `null`: not known. */
  readonly action: string | null;
  readonly attests: boolean;
  readonly pages: boolean;
}

export interface InitRequest {
  readonly model: InitModel | null;
  readonly pipeline: InitPipeline | null;
  /** Files that a person has named to be replaced. */
  readonly overwrite: readonly string[];
  /** Write nothing. */
  readonly dryRun: boolean;
}

export interface InitResult {
  /** What was written, or would be, by path from the root. */
  readonly files: ReadonlyMap<string, string>;
  readonly changes: ReadonlyMap<string, FileChange>;
  /** @param spec its `model.yaml`. */
  readonly model: { readonly name: string; readonly spec: string; readonly task: string } | null;
  readonly leftOut: LeftOut;
  /** What was decided about the data, and what a person should decide, as sentences. */
  readonly notes: readonly string[];
}

/**
 * Writes what a model or a pipeline begins with, inferred from the data.
 *
 * @throws UsageError, FilesInTheWayError, UnreadableDataError
 */
export async function init(ports: InitPorts, request: InitRequest): Promise<InitResult> {
  const { pipeline, overwrite, dryRun } = request;
  const repository = await laidOutOnDisk(ports, await locateOrRoot(ports));
  const model = request.model && (await placedModel(ports, repository, request.model));
  const made = model && (await modelFiles(ports, repository, model));
  const files = new Map<string, InitFile>();
  if (pipeline !== null) {
    const texts = await pipelineFiles(ports, pipeline, { ...repository, ...made?.at }, model);
    for (const [file, text] of texts) files.set(file, await marked(ports, repository, file, text));
  }
  if (made !== null) addTexts(files, made.texts);
  const models = [...(pipeline === null ? [] : await workTreeModels(ports, repository)), ...(made ? [made.name] : [])];
  const attributes = await withAttributes(ports, { ...repository, ...made?.at }, models, made?.asTheyAre ?? []);
  if (attributes !== null) files.set(".gitattributes", attributes);
  if (made?.layout) files.set(layoutFile, made.layout);
  const named = overwrite.flatMap((file) => pathsOf(ports, repository, file));
  const changes = await placeFiles(ports, repository, files, { overwrite: named, dryRun });
  const texts = new Map([...files].map(([file, { text }]) => [file, text]));
  const read = model === null ? [] : [model.data];
  const leftOut = await ports.obstacles.toAdd(repository, [...new Set([...read, ...files.keys()])]);
  return {
    files: texts,
    changes,
    model: made && { name: made.name, spec: made.spec, task: made.task },
    leftOut,
    notes: made?.notes ?? [],
  };
}

function addTexts(files: Map<string, InitFile>, texts: ReadonlyMap<string, string>): void {
  for (const [file, text] of texts) files.set(file, { text, addsTo: null });
}

async function modelFiles(ports: InitPorts, repository: Repository, model: InitModel) {
  const logical = model.data;
  const word = model.name ?? path.posix.basename(logical);
  const placed = { word, inside: pathsOf(ports, repository, word)[0]! };
  const { name, dataset, layout, at } = await placeOfModel(ports, repository, placed);
  const spec = specPath(name, at);
  const manifest = manifestPath(dataset);
  const editorLine = await editorLines(ports, repository);
  const text = model.example ? exampleCsv() : null;
  const shared = await sharedDataNotes(ports, repository, { file: logical, dataset, spec });
  const inspection = await inspectData(ports, repository, { ...model, file: logical, text });
  const { found, key, target, time, notes } = inspection;
  const files = fileFeatures(inspection, model.python);
  const program = await startProgram(ports, repository, model.python, { task: found.task, files: files.read });
  const texts = new Map([
    ...(program?.texts ?? []),
    ...(text === null ? [] : [[logical, text] as const]),
    [
      manifest,
      editorLine(manifest, "data-manifest") + manifestText({ ...inspection, file: logical, rows: found.rows }),
    ],
    [
      spec,
      editorLine(spec, "model") +
        specText(found, {
          dataset,
          target,
          time,
          key,
          exclude: files.excluded,
          candidate: program?.candidate ?? null,
        }),
    ],
  ]);
  const folders = inspection.columns.flatMap(({ folder = "." }) => (folder === "." ? [] : [folderPattern(folder)]));
  return {
    texts,
    asTheyAre: [attributePattern(logical), ...folders],
    layout,
    at,
    name,
    spec,
    task: found.task,
    notes: [...notes, ...shared, ...files.notes, ...(program?.notes ?? [])],
  };
}

/** Columns of files: read by a program, or left out. @throws UsageError where nothing else is left to learn from */
function fileFeatures({ columns, target, time, key }: Inspection, python: string | null) {
  const files = columns.filter(({ type }) => type === "file").map(({ name }) => name);
  if (files.length === 0 || python !== null) return { read: files, excluded: [], notes: [] };
  const others = columns.filter(({ name }) => ![...files, target, time, key].includes(name));
  const names = quotedList(files, 3);
  const rerun = "run init again with `--learner command --python train.py`";
  if (others.length === 0)
    throw new UsageError(
      `${names} ${files.length === 1 ? "holds" : "hold"} files, which trees and linear models cannot read, and there is no other column to learn from. Your own program can: ${rerun}.`,
      usage,
    );
  const note = `Trees and linear models cannot read files, so ${names} ${files.length === 1 ? "is" : "are"} left out (\`features.exclude\`). To learn from the files with your own program, ${rerun}.`;
  return { read: [], excluded: files, notes: [note] };
}

async function startProgram(
  ports: Pick<Ports, "files" | "workTree">,
  repository: Repository,
  python: string | null,
  learnt: Pick<PythonRequest, "task" | "files">,
) {
  if (python === null) return null;
  const { startPython } = await import("./python-program.ts");
  const { root } = repository;
  const [here, ...others] = pathsOf(ports, repository, python);
  let file = here!;
  for (const place of [...others, here!]) if ((await ports.files.read(path.join(root, place))) !== null) file = place;
  return startPython(ports.files, { root, file, task: learnt.task, files: learnt.files }, usage);
}

/** What an earlier init has written, and nobody has changed since, is written anew. */
async function marked(
  { files }: Pick<Ports, "files">,
  { root }: Repository,
  file: string,
  text: string,
): Promise<InitFile> {
  const bytes = await files.read(path.join(root, file));
  return { text: withMark(text), addsTo: bytes !== null && isAsWritten(decodeText(bytes)) ? bytes : null };
}

async function pipelineFiles(
  ports: InitPorts,
  { templates, kind, action, attests, pages }: InitPipeline,
  repository: Repository,
  model: InitModel | null,
): Promise<ReadonlyMap<string, string>> {
  const { baseBranch, root } = repository;
  const { kinds, attesting, unknownAction } = templates;
  const known = kinds.find((each) => each === (kind ?? kinds[0]));
  if (known === undefined) throw new UsageError(`--workflow must be one of ${kinds.join(", ")}.`, usage);
  if (attests && !attesting.includes(known)) {
    const why = "The job that attests follows the job that promotes";
    throw new UsageError(`${why}: --attest needs --workflow ${attesting.join(" or ")}.`, usage);
  }
  const uses = action ?? (await actionThere(ports, root, templates)) ?? unknownAction.action;
  if (!/^[\w.-]+\/[\w./-]+@[\w./-]+$/.test(uses))
    throw new UsageError("--action must have the form OWNER/NAME@VERSION.", usage);
  const [written, packageManager] = await Promise.all([watchedGlobs(ports, repository), packageManagerIn(ports, root)]);
  const own = model === null ? [] : [watchedGlob(model.data)];
  const dataPaths = [...new Set([...own, ...written])];
  return templates.files({
    kind: known,
    action: uses,
    baseBranch,
    // Before the first model, nobody knows where its data will be.
    dataPaths: [...besidePaths(repository), ...(dataPaths.length === 0 ? ["data/**"] : dataPaths)],
    packageManager,
    attests,
    pages,
    dashboard: repository.layout?.dashboard === "issue",
    name: path.basename(root),
  });
}

/** What a workflow that is there takes refit from stays, unless a person says otherwise. */
async function actionThere(
  { files }: Pick<Ports, "files">,
  root: string,
  { file, actionIn }: PipelineTemplates,
): Promise<string | null> {
  const bytes = await files.read(path.join(root, file));
  return bytes === null ? null : actionIn(decodeText(bytes));
}

/** A repository without a commit is where a newcomer starts. */
async function locateOrRoot(ports: Pick<Ports, "git">): Promise<Repository> {
  try {
    return await ports.git.locate();
  } catch (error) {
    if (!(error instanceof NoCommitsError)) throw error;
    return ports.git.withoutHistory();
  }
}

/** The model with its data by their path from the root. */
async function placedModel(ports: InitPorts, repository: Repository, model: InitModel): Promise<InitModel> {
  if (model.example) return model;
  const data = await placeOfData(ports, repository, pathsOf(ports, repository, model.data));
  return { ...model, data };
}

/** What a path may mean, as paths from the root with `/`: as seen from the folder of the command, then from the root. */
function pathsOf({ workTree }: Pick<Ports, "workTree">, { root }: Repository, file: string): string[] {
  const inside = [workTree.here, root].flatMap((folder) => {
    const relative = path.relative(root, path.resolve(folder, file)).split(path.sep).join("/");
    return relative.startsWith("../") || path.isAbsolute(relative) ? [] : [relative];
  });
  if (inside.length > 0) return [...new Set(inside)];
  throw new UsageError(`${file} is outside the repository; copy it into the repository first.`, usage);
}

/** The new text of .gitattributes; `null` when it says all that is needed. @param patterns of data, whose bytes stay as they are */
async function withAttributes(
  ports: Pick<Ports, "files">,
  repository: Repository,
  models: readonly string[],
  patterns: readonly string[],
): Promise<InitFile | null> {
  const bytes = await ports.files.read(path.join(repository.root, ".gitattributes"));
  const text = bytes === null ? "" : decodeText(bytes);
  const champions = unkeptPatterns(text, models, repository);
  // A model that is written now gets both; one that asks for a canary later is told by `doctor`.
  const canaries = champions.length === 0 ? [] : unkeptPatterns(text, models, repository, "canary");
  const versions = [...champions, ...canaries].map((pattern) => `${pattern}/** -text -merge`);
  const lines = [...versions, ...patterns.map((pattern) => `${pattern} -text`)];
  const wanted = [...new Set(lines)].filter((line) => !text.split("\n").includes(line));
  if (wanted.length === 0) return null;
  const lineEnd = text === "" || text.endsWith("\n") ? "" : "\n";
  return { text: `${text}${lineEnd}${wanted.join("\n")}\n`, addsTo: bytes };
}

/** The file's folder, so that files which arrive later are covered; a file at the root by its ending. */
function attributePattern(file: string): string {
  const folder = path.posix.dirname(file);
  return folder === "." ? attributeWord(`*${path.posix.extname(file)}`) : folderPattern(folder);
}

const folderPattern = (folder: string) => attributeWord(`${folder}/**`);
const attributeWord = (pattern: string) => (/[\s"]/.test(pattern) ? JSON.stringify(pattern) : pattern);
