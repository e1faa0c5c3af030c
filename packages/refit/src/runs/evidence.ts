import { judgeApprovals } from "@refit/core/decide";
import { rowsOfKind, type Lineage, type LineageFile, type ModelHistory, type ModelVersion } from "@refit/core/history";
import { instantText } from "@refit/core/answers";
import { VersionBrokenError } from "@refit/core/errors";
import type { VersionEvidence } from "@refit/core/report";
import type { ApprovalPolicy } from "@refit/core/spec";
import { readLedger } from "../ledger/ledger.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { readSpecs } from "../rooms/read.ts";
import { findVersion } from "../versions/find-version.ts";
import { readLineage } from "../versions/read-lineage.ts";
import { historyOfNamed } from "../versions/unknown-model.ts";
import { changedClauses } from "./diff/diff-versions.ts";
import { orFailed } from "./or-failed.ts";
import { findRun } from "./past.ts";

type EvidencePorts = Pick<
  Ports,
  "ancestry" | "clock" | "files" | "forge" | "git" | "learners" | "out" | "reviews" | "sources"
>;

/**
 * All that history, ledger, tree and forge know of a version. What they do not know is said, and nothing is made up for it.
 *
 * @param wanted as `findVersion` takes it.
 * @throws VersionUnknownError, VersionBrokenError
 */
export async function gatherEvidence(
  ports: EvidencePorts,
  repository: Repository,
  model: string,
  wanted: string | undefined,
): Promise<VersionEvidence> {
  const { history } = await historyOfNamed(ports, repository, model);
  const version = findVersion(model, history, wanted);
  const { number, treeId, sha, committedAt, author, subject, inputDigest } = version;
  const lineage = await readLineage(ports, repository, `${treeId}:lineage.json`);
  if (lineage === null) throw new VersionBrokenError(model, number, version.broken ?? "lineage.json cannot be read.");
  const unknown: string[] = version.broken === null ? [] : [`The folder is damaged: ${version.broken}`];
  const now = ports.clock.now();
  const live = liveTimes(history, treeId);
  const parent = history.versions.find((each) => each.treeId === version.parent) ?? null;
  const before = parent && (await readLineage(ports, repository, `${parent.treeId}:lineage.json`));
  if (version.parent !== null && before === null)
    unknown.push("The version that it was compared with is not in this history, so what changed since is not known.");
  const { rows } = await readLedger(ports, repository, model);
  const look = rowsOfKind(rows, "look").findLast(
    (row) => row.inputDigest === inputDigest && row.parent === version.parent,
  );
  if (look === undefined) unknown.push("The ledger here has no row about its judgement, so its verdict is not known.");
  const report = await reportOf(ports, repository, { model, number }, unknown);
  return {
    format: 1,
    model,
    version: number,
    treeId,
    writtenAt: instantText(now),
    promoted: {
      commit: sha,
      at: instantText(committedAt),
      author,
      subject,
      trailers: await trailersOf(ports, version),
    },
    live: live.map(({ from, to }) => ({ from: instantText(from), to: to === null ? null : instantText(to) })),
    daysLive: live.reduce((sum, { from, to }) => sum + Math.max(0, (to ?? now) - from), 0) / 86_400_000,
    approvals: await approvalsOf(ports, repository, { model, version }, unknown),
    verdict: look?.verdict ?? null,
    parent: parent?.number ?? null,
    changes: before === null ? [] : changedClauses(before, lineage),
    data: dataFiles(lineage, before),
    lineage: factsOf(lineage),
    report,
    retention: retentionOf(repository, model),
    unknown,
  };
}

/** When content was on the base branch, whole; a commit takes effect at its own date, but never before those under it. */
function liveTimes({ events }: ModelHistory, treeId: string): { from: number; to: number | null }[] {
  const times: { from: number; to: number | null }[] = [];
  let at = -Infinity;
  for (const { commit, kind, treeId: there } of events) {
    at = Math.max(at, commit.committedAt);
    const last = times.at(-1);
    const isThere = there === treeId && (kind === "promotion" || kind === "rollback");
    if (isThere && last?.to !== null) times.push({ from: at, to: null });
    if (!isThere && last?.to === null) last.to = at;
  }
  return times;
}

interface VersionOfModel {
  readonly model: string;
  readonly version: ModelVersion;
}

async function approvalsOf(
  ports: EvidencePorts,
  repository: Repository,
  { model, version }: VersionOfModel,
  unknown: string[],
): Promise<VersionEvidence["approvals"]> {
  const policy = await orFailed<ApprovalPolicy | undefined>(
    async () => (await readSpecs(ports, repository, model, { workTree: false })).spec.approvals,
    () => undefined,
  );
  const rule = { needed: policy?.promotion ?? 1, from: policy?.from ?? [] };
  const teams = rule.from.filter((name) => name.includes("/"));
  const reviewed = await ports.reviews.of(version.sha, teams);
  if (reviewed === null) {
    unknown.push(
      ports.forge.name === "local"
        ? "Who has approved it is not known: reviews are on the forge, which was not asked (`--forge github`)."
        : `The forge has no pull request that brought the commit ${version.sha.slice(0, 12)}, so nobody's approval is on record.`,
    );
    return null;
  }
  const { by, notes } = judgeApprovals(rule, reviewed);
  return { pullRequest: reviewed.url, commit: reviewed.commit, by: [...by], notes: [...notes] };
}

async function reportOf(
  ports: EvidencePorts,
  repository: Repository,
  { model, number }: { readonly model: string; readonly number: number },
  unknown: string[],
): Promise<VersionEvidence["report"]> {
  const run = await findRun(ports, repository, model, `v${number}`);
  if (run?.report) return run.report as unknown as VersionEvidence["report"];
  unknown.push("The report that people saw is not kept here, so metrics by group are not known.");
  return null;
}

/** Of the commit that brought it, or of a merged one the proposal's, which lies beside the base branch. */
async function trailersOf(
  { ancestry, git }: Pick<Ports, "ancestry" | "git">,
  { sha }: ModelVersion,
): Promise<VersionEvidence["promoted"]["trailers"]> {
  for (const commit of [sha, await git.resolve(`${sha}^2`)]) {
    const found = commit === null ? [] : await ancestry.trailers(commit);
    if (found.some(({ name }) => name.startsWith("Refit-"))) return [...found];
  }
  return [];
}

function dataFiles({ data }: Lineage, before: Lineage | null): VersionEvidence["data"] {
  const known =
    before &&
    new Set([before.data.files, ...Object.values(before.data.tables ?? {})].flat().map((file) => file.sha256));
  const told = (table: string | null) => (file: LineageFile) => ({
    table,
    path: file.path,
    sha256: file.sha256,
    bytes: file.bytes,
    rows: file.rows,
    isNew: known && !known.has(file.sha256),
  });
  return [
    ...data.files.map(told(null)),
    ...Object.entries(data.tables ?? {}).flatMap(([table, files]) => files.map(told(table))),
  ];
}

function factsOf(lineage: Lineage): VersionEvidence["lineage"] {
  const { anchor, learner, seed, inputDigest, digests, holdout, trainedUntil, reproducible } = lineage;
  return {
    anchor,
    learner: learner.name,
    algorithmVersion: learner.algorithmVersion,
    seed,
    inputDigest,
    spec: digests.spec,
    manifest: digests.manifest,
    code: digests.code,
    holdoutRows: holdout.rows,
    holdoutFrom: holdout.from,
    holdoutTo: holdout.to,
    trainedUntil: trainedUntil === undefined ? holdout.trainedUntil : trainedUntil,
    reproducible: reproducible ?? true,
  };
}

/** Facts of how refit keeps things. What nobody has written down here is said to be so. */
function retentionOf({ baseBranch }: Repository, model: string): string[] {
  return [
    `Every version of ${model}, with its lineage and evaluation, is in the history of ${baseBranch}: it stays as long as that history.`,
    "Judgements, declines and reports are on the branch refit-ledger, which only grows.",
    "Data files are where their paths say; this repository keeps only those that are committed to it.",
    "Predictions are kept where `refit serve --log` writes them, until `refit log forget --older-than DAYS` or somebody else removes them. No setting of this repository says where that is, or after how many days.",
  ];
}
