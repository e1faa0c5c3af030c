import {
  type AffectedAnswer,
  type AffectedModel,
  compareModel,
  mayAffect,
  modelFiles,
  outdatedSince,
  type PathIndex,
  pathIndex,
  sourcesElsewhere,
} from "@refit/core/affected";
import { type FailedModel, quoted, UsageError } from "@refit/core/errors";
import { type Lineage, specPath } from "@refit/core/history";
import { fileColumnsOf, modelFolder, modelOfSpec, nameProblem } from "@refit/core/spec";
import type { TreeChange } from "../../ports/changes.ts";
import type { ProjectGraph } from "../../ports/project-graph.ts";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import { findModels } from "../../versions/models.ts";
import { laidOut } from "../../specs/read-layout.ts";
import { orFailed } from "../or-failed.ts";
import { importedAmong, importWalk, type UsedCode, usedProjects } from "./import-walk.ts";
import { digestedSide, type DigestedSide } from "./digested-side.ts";
import { sideBefore, treeSide, type TreeSide } from "./tree-side.ts";
import { writtenReader } from "./written-reader.ts";

export type AffectedPorts = Pick<
  Ports,
  "ancestry" | "changes" | "files" | "git" | "learners" | "out" | "projectGraphs" | "sources"
>;

/** Revisions, such as `HEAD~1` or a commit id. */
export interface AffectedRequest {
  /** `null`: the base branch. */
  readonly base: string | null;
  /** `null`: what is checked out. */
  readonly head: string | null;
  readonly usage: string;
}

/** A change, by the two trees that it leads from and to. */
interface Change {
  readonly repository: Repository;
  readonly before: TreeSide;
  readonly after: TreeSide;
  readonly changes: readonly TreeChange[];
  readonly changed: PathIndex;
}

/** A model at the head. */
interface ReadModel {
  readonly model: string;
  readonly side: DigestedSide;
  readonly lineage: Lineage | null;
  readonly used: UsedCode;
}

interface UnreadModel {
  readonly model: string;
  readonly error: FailedModel;
}

/**
 * Which models a change affects, and which live versions were trained on other inputs before it. Reads objects of git, and no data.
 *
 * @throws UsageError for a revision that is not a commit here.
 */
export async function affectedModels(ports: AffectedPorts, request: AffectedRequest): Promise<AffectedAnswer> {
  const change = await changeOf(ports, request);
  const { repository, before, after, changes, changed } = change;
  const reader = writtenReader(ports, repository);
  const gone = changes.filter((each) => each.after === null).map(({ path }) => path);
  const walk = importWalk(reader.text, after, gone);
  const graph = await projectGraph(ports, change);

  async function readModel(model: string): Promise<ReadModel> {
    const written = await reader.model(after, model);
    const lineage = await reader.lineage(after, model);
    const side = digestedSide(ports, written, after, lineage);
    const used = await walk.used(modelFiles(model, written, after.index).code);
    const projects = graph === null ? null : usedProjects(graph, modelFolder(model, repository));
    const packages = new Set([...used.packages, ...(projects ?? [])]);
    return { model, side, lineage, used: { ...used, packages } };
  }

  /** `null`: it could not be read at that time. */
  const earlier = ({ model, lineage }: ReadModel) =>
    orFailed<DigestedSide | null>(
      async () => digestedSide(ports, await reader.model(before, model), before, lineage),
      () => null,
    );

  async function affectedOf(read: ReadModel): Promise<AffectedModel | null> {
    const { model, side } = read;
    const imported = importedAmong(read.used, changed);
    const isNew = !before.blobs.has(specPath(model, repository));
    if (!isNew && imported.length === 0 && !mayAffect(model, side, changed)) return null;
    return compareModel({ model, isNew, before: isNew ? null : await earlier(read), after: side, imported }, changed);
  }

  const all = await readAll(ports, change, readModel);
  const read = all.filter((each) => "side" in each);
  const affected = (await Promise.all(read.map(affectedOf))).filter((each) => each !== null);
  const models = [...affected, ...removedModels(change)].sort((a, b) => (a.model < b.model ? -1 : 1));
  const retrained = new Set(models.flatMap(({ model, effect }) => (effect === "retrain" ? [model] : [])));
  return {
    format: 1,
    base: before.commit,
    head: after.commit,
    files: changes.length,
    libraries: graph === null ? "walk" : "nx",
    models: models.map(({ reasons, ...each }) => ({ ...each, reasons: [...reasons] })),
    outdated: read.filter(({ model }) => !retrained.has(model)).flatMap(outdatedModel),
    unseen: read.flatMap(unseenData),
    unresolved: unresolvedImports(read),
    failed: all.filter((each) => "error" in each),
  };
}

async function changeOf(ports: AffectedPorts, { base, head, usage }: AffectedRequest): Promise<Change> {
  const located = await ports.git.locate();
  const commitOf = async (revision: string): Promise<string> => {
    const id = await ports.git.resolve(`${revision}^{commit}`);
    if (id !== null) return id;
    throw new UsageError(
      `${quoted(revision)} is not a commit in this clone. If the remote has it, run \`git fetch\` first.`,
      usage,
    );
  };
  const [from, to] = await Promise.all([base === null ? located.baseCommit : commitOf(base), commitOf(head ?? "HEAD")]);
  // Histories that have nothing in common are compared as they are.
  const common = (await ports.ancestry.mergeBase(from, to)) ?? from;
  const [changes, entries] = await Promise.all([ports.changes.between(common, to), ports.git.list(to)]);
  // Whether there is a model is for the head to say.
  const repository = await laidOut(ports, { ...located, baseCommit: to });
  const after = treeSide(to, entries, repository);
  const changed = pathIndex(
    changes.map(({ path }) => path),
    repository,
  );
  return { repository, before: sideBefore(after, common, changes), after, changes, changed };
}

/** Of a task runner that knows models. It knows the work tree only, so what is asked about has to be checked out. */
async function projectGraph(
  ports: Pick<Ports, "git" | "out" | "projectGraphs">,
  { repository, after }: Change,
): Promise<ProjectGraph | null> {
  if (!after.blobs.has("nx.json")) return null;
  const without = (why: string) => {
    ports.out.notice(`Nx was not asked what training code uses: ${why}. Only the imports of the code were followed.`);
    return null;
  };
  if ((await ports.git.resolve("HEAD^{commit}")) !== after.commit) return without("the head is not checked out");
  const graph = await ports.projectGraphs.read(repository.root);
  return graph !== null && "problem" in graph ? without(graph.problem) : graph;
}

async function readAll(
  ports: AffectedPorts,
  { repository }: Change,
  one: (model: string) => Promise<ReadModel>,
): Promise<readonly (ReadModel | UnreadModel)[]> {
  const { models, misnamed } = await findModels(ports, repository);
  for (const { message, hint } of misnamed) ports.out.notice(`${message} ${hint}`);
  return Promise.all(
    models.map((model) =>
      orFailed<ReadModel | UnreadModel>(
        () => one(model),
        (error) => ({ model, error }),
      ),
    ),
  );
}

function removedModels({ repository, changes }: Change): AffectedModel[] {
  return changes.flatMap(({ path, after }): AffectedModel[] => {
    const model = modelOfSpec(path, repository);
    if (after !== null || model === null || nameProblem(model) !== null) return [];
    return [{ model, effect: "removed", reasons: [{ kind: "removed", path }] }];
  });
}

function outdatedModel({ model, side, lineage }: ReadModel): AffectedAnswer["outdated"] {
  const because = outdatedSince(lineage, side.digests, side.data);
  return because.length === 0 ? [] : [{ model, because: [...because] }];
}

function unseenData({ model, side, lineage }: ReadModel): AffectedAnswer["unseen"] {
  const files = [lineage?.data.files ?? [], ...Object.values(lineage?.data.tables ?? {})].flat();
  const local = files.filter(({ blob, version }) => blob === null && version === undefined).map(({ path }) => path);
  const columns = fileColumnsOf(side.manifest).map(({ name }) => `files that the column ${name} names`);
  const sources = [...new Set([...sourcesElsewhere(side.manifest), ...local, ...columns])];
  return sources.length === 0 ? [] : [{ model, sources }];
}

function unresolvedImports(read: readonly ReadModel[]): AffectedAnswer["unresolved"] {
  const places = new Map<string, AffectedAnswer["unresolved"][number]>();
  for (const { model, used } of read) {
    for (const { path, line, text } of used.unknown) {
      const key = JSON.stringify([path, line]);
      const place = places.get(key) ?? { path, line, text, models: [] };
      place.models.push(model);
      places.set(key, place);
    }
  }
  return [...places.values()].sort((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1));
}
