import { ImportInvalidError, UnreadableDataError, quoted } from "@refit/core/errors";
import { championFolder, importBranch } from "@refit/core/history";
import { importMessage, importReport, importTitle, type Report } from "@refit/core/report";
import { readImportedPredictions, readGiven, type GivenFile } from "../data/read-predictions.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import type { Context } from "../products/context.ts";
import type { Evaluation } from "../products/evaluation.ts";
import { read } from "../rooms/read.ts";
import { takeSnapshot } from "../rooms/snapshot.ts";
import { checkSize } from "../versions/assemble-version.ts";
import { fetched } from "../versions/fetched.ts";
import { digestsOfImport, modelToImport, type ImportedKind, type ImportedModel } from "../versions/imported-model.ts";
import { pushProposal } from "../versions/push-proposal.ts";
import { sharedHead } from "../versions/share-branch.ts";
import { despiteRaces } from "./despite-races.ts";

type ImportPorts = Pick<
  Ports,
  | "ancestry"
  | "branches"
  | "clock"
  | "files"
  | "forge"
  | "git"
  | "largeFiles"
  | "learners"
  | "obstacles"
  | "out"
  | "remoteRefs"
  | "resampling"
  | "scratch"
  | "sources"
  | "tables"
>;

/** What is imported: a model, or what a model has predicted. */
export interface ImportSource {
  readonly kind: ImportedKind;
  readonly file: GivenFile;
}

export interface ImportRequest {
  readonly model: string;
  readonly source: ImportSource;
  /** As whoever imports it says, ISO 8601; `null`: nobody says it. */
  readonly trainedUntil: string | null;
  /** Write nothing. */
  readonly dryRun: boolean;
}

/** A proposal of a model that is in use. */
export interface ImportProposal {
  readonly model: string;
  readonly branch: string;
  readonly trainedUntil: string | null;
  readonly evaluation: Evaluation;
  readonly report: Report;
  /** Git tree id; `null`: a dry run. */
  readonly version: string | null;
  /** `null`: a dry run. */
  readonly url: string | null;
  readonly operation: "created" | "updated" | "unchanged" | null;
}

/**
 * Proposes a model that is in use somewhere as the first version: scored on today's rows, and judged by nobody, since it is in use
 * already. Only the merge makes it the champion, as with every other proposal.
 *
 * @throws ImportInvalidError where there is a champion, UnreadableDataError where the data checks refuse the rows
 */
export function importModel(ports: ImportPorts, request: ImportRequest): Promise<ImportProposal> {
  return despiteRaces(() => importOnce(ports, request));
}

async function importOnce(
  ports: ImportPorts,
  { model, source, trainedUntil, dryRun }: ImportRequest,
): Promise<ImportProposal> {
  const repository = await fetched(ports, dryRun);
  for (const notice of repository.notices) ports.out.notice(notice);
  const context = await read(ports, repository, { model, force: null, dryRun });
  refuseSecond(context);
  // Before any row is read: a typing error in the path is told at once.
  const given = await readGiven(ports, source.file);
  const known = await takeSnapshot(ports, context);
  if (known.blocked) throw new UnreadableDataError(known.findings.filter(({ severity }) => severity !== "warning"));
  const { withPrepared, takeImport, evaluate, gate, buildVersion } = await import("../rooms/retrain.ts");
  return withPrepared<ImportProposal>(ports, context, known, {
    broken: (findings) => Promise.reject(new UnreadableDataError(findings)),
    async prepared(prepared) {
      const { kind, file } = source;
      const bytes = kind === "onnx" ? given : await readImportedPredictions(ports, context, prepared, file);
      const imported = modelToImport(kind, bytes, trainedUntil);
      const snapshot = { ...known, digests: digestsOfImport(known.digests, imported.file) };
      const training = await takeImport(ports, context, prepared, imported);
      const inputs = { context, snapshot, prepared, training };
      const evaluation = await evaluate(ports, inputs, prepared, training);
      const version = await buildVersion(ports, { ...inputs, evaluation });
      const { maxModelMiB } = context.spec;
      await checkSize(ports, { model, files: version, repository, maxModelMiB });
      const { look, alpha } = evaluation;
      const verdict = gate(context, evaluation);
      const report = importReport({ model, comparison: evaluation, verdict, look, alpha });
      const inputDigest = snapshot.digests.input;
      const about = { model, branch: importBranch(model), trainedUntil, evaluation, report };
      if (dryRun) return { ...about, version: null, url: null, operation: null };
      const shown = await propose(ports, repository, context, { version, imported, report, inputDigest });
      return { ...about, ...shown };
    },
  });
}

/** What competes with a champion is a candidate. @throws ImportInvalidError */
function refuseSecond({ champion, request: { model } }: Context): void {
  if (champion === null) return;
  throw new ImportInvalidError(
    `${quoted(model)} has the champion v${champion.number}, and only a first version is imported.`,
    "To let a model from elsewhere compete with it, add a candidate with `learner: onnx` to model.yaml.",
  );
}

interface ImportToShow {
  readonly imported: ImportedModel;
  readonly version: ReadonlyMap<string, Uint8Array>;
  readonly report: Report;
  readonly inputDigest: string;
}

async function propose(
  ports: Pick<ImportPorts, "ancestry" | "branches" | "clock" | "forge" | "git">,
  repository: Repository,
  { request: { model }, spec: { reviewers } }: Context,
  { version, imported, report, inputDigest }: ImportToShow,
): Promise<Pick<ImportProposal, "version" | "url" | "operation">> {
  const branch = importBranch(model);
  const at = ports.clock.now();
  const head = await pushProposal(ports, repository, {
    branch,
    contents: new Map([[championFolder(model, repository), version]]),
    over: await sharedHead(ports, repository, branch),
    message: importMessage(model, imported.kind, inputDigest),
    at,
  });
  const { url, operation } = await ports.forge.ensureProposal(repository, {
    kind: "import",
    models: [
      {
        model,
        inputDigest,
        report,
        kept: null,
        check: { conclusion: "success", summary: "Scored, and judged by no gate: it is in use already." },
      },
    ],
    overview: null,
    branch,
    head,
    baseBranch: repository.baseBranch,
    title: importTitle(model),
    draft: false,
    autoMerge: false,
    reviewers,
    at,
  });
  return { version: await ports.git.resolve(`${head}:${championFolder(model, repository)}`), url, operation };
}
