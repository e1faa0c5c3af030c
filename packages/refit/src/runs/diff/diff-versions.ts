import { type Lineage, type ModelHistory } from "@refit/core/history";
import { type JudgedOnce, judgedTogether, type MeasuredRows, type MeasuredTogether, turned } from "@refit/core/judge";
import type { MetricName } from "@refit/core/spec";
import type { Repository } from "../../ports/repository.ts";
import type { Ports } from "../../ports/index.ts";
import { readSpecs } from "../../rooms/read.ts";
import { findVersion } from "../../versions/find-version.ts";
import { historyOfNamed } from "../../versions/unknown-model.ts";
import { openBranchOf } from "../proposal-groups.ts";
import { openProposal } from "../../versions/open-proposal.ts";
import { proposedFolder } from "../../versions/proposed-folder.ts";
import { readLineage } from "../../versions/read-lineage.ts";
import { storedJudgements } from "../../versions/stored-judgement.ts";
import { storedMetrics } from "../../versions/stored-metrics.ts";
import type { ScoreBothPorts } from "./score-both.ts";

type DiffPorts = ScoreBothPorts & Pick<Ports, "forge">;

export interface VersionSide {
  readonly label: string;
  readonly treeId: string;
  /** What its own numbers were measured on; `null`: it does not say. */
  readonly judgedOn: MeasuredRows | null;
  /** Its own numbers. */
  readonly metrics: Readonly<Record<MetricName, number>>;
}

export interface VersionDiff {
  readonly a: VersionSide;
  readonly b: VersionSide;
  /** Both on the same rows; `null`: they cannot be compared. */
  readonly compared: MeasuredTogether | null;
  /** Why not, as a sentence; `null`: they are. */
  readonly whyNot: string | null;
  /** What differs in what they were made from, as clauses. */
  readonly changed: readonly string[];
}

export interface DiffRequest {
  readonly model: string;
  /** Such as `v1` and `v3`; left out: the champion and the open proposal, or the last two versions. */
  readonly wanted: readonly (string | undefined)[];
  /** Whether data may be read where no run has measured the two on the same rows. */
  readonly score: boolean;
}

/** Two versions side by side: only numbers of the same rows are compared. */
export async function diffVersions(
  ports: DiffPorts,
  repository: Repository,
  request: DiffRequest,
): Promise<VersionDiff> {
  const { model } = request;
  const { history } = await historyOfNamed(ports, repository, model);
  const found = await sides(ports, repository, history, request);
  const [a, b] = [await readStoredSide(ports, repository, found[0]), await readStoredSide(ports, repository, found[1])];
  const answer = await comparedSides(ports, repository, { request, history, a, b });
  const [isCompared, changed] = [
    typeof answer !== "string",
    a.lineage && b.lineage ? changedClauses(a.lineage, b.lineage) : [],
  ];
  return {
    a: shown(a),
    b: shown(b),
    compared: isCompared ? (answer as MeasuredTogether) : null,
    whyNot: isCompared ? null : (answer as string),
    changed,
  };
}

/** What a version says of itself. */
interface StoredSide extends Pick<VersionSide, "label" | "treeId" | "metrics"> {
  readonly lineage: Lineage | null;
  readonly judged: JudgedOnce | null;
}

type WantedVersion = Pick<VersionSide, "label" | "treeId">;

async function sides(
  ports: Pick<Ports, "files" | "forge" | "git" | "learners">,
  repository: Repository,
  history: ModelHistory,
  { model, wanted: [first, second] }: DiffRequest,
): Promise<[WantedVersion, WantedVersion]> {
  const side = (wanted: string | undefined): WantedVersion => {
    const version = findVersion(model, history, wanted);
    return { label: `v${version.number}`, treeId: version.treeId };
  };
  if (first !== undefined) return [side(first), side(second)];
  const open = await openProposal(ports, repository, await openBranchOf(ports, repository, model));
  const folder = open && (await proposedFolder(ports, repository, model, open.head));
  const treeId = open && (await ports.git.resolve(`${open.head}:${folder}`));
  if (treeId !== null) return [side(undefined), { label: "proposal", treeId }];
  const { number } = findVersion(model, history, undefined);
  // After a rollback to v1 there is nothing before it: the version that it took the place of is the other one.
  const other = number > 1 ? number - 1 : history.versions.length;
  return [side(`v${other}`), side(undefined)];
}

async function readStoredSide(
  ports: Pick<Ports, "files" | "git">,
  repository: Repository,
  { label, treeId }: WantedVersion,
): Promise<StoredSide> {
  const lineage = await readLineage(ports, repository, `${treeId}:lineage.json`);
  const [metrics] = await ports.git.read([`${treeId}:metrics.json`]);
  const judged = (await storedJudgements(ports, [treeId])).get(treeId) ?? null;
  return { label, treeId, lineage, judged, metrics: storedMetrics(metrics ?? null) };
}

function shown({ label, treeId, judged, metrics }: StoredSide): VersionSide {
  return { label, treeId, judgedOn: judged && judged.on, metrics };
}

interface Sides {
  readonly request: DiffRequest;
  readonly history: ModelHistory;
  readonly a: StoredSide;
  readonly b: StoredSide;
}

/** @returns a sentence: why there are no numbers of the same rows. */
async function comparedSides(
  ports: DiffPorts,
  repository: Repository,
  { request, history, a, b }: Sides,
): Promise<MeasuredTogether | string> {
  const { model, score } = request;
  if (a.treeId === b.treeId) return `${a.label} and ${b.label} are the same version.`;
  if (a.judged === null || b.judged === null || a.lineage === null || b.lineage === null) {
    const silent = a.judged === null || a.lineage === null ? a : b;
    return `${silent.label} does not say what it was judged on.`;
  }
  const forwards = judgedTogether(a.judged, b.judged);
  if (forwards !== null) return forwards;
  const backwards = judgedTogether(b.judged, a.judged);
  if (backwards !== null) return turned(backwards);
  if (!score) return "No run has measured both on the same rows. Leave out --no-score to score them on rows of today.";
  const { spec, manifest } = await readSpecs(ports, repository, model, { workTree: false });
  const live = history.champion;
  const lineage = live && (await readLineage(ports, repository, `${live.treeId}:lineage.json`));
  const champion = live && lineage && { number: live.number, treeId: live.treeId, since: live.since, lineage };
  const asked = { model, force: null, dryRun: false };
  const context = { request: asked, repository, spec, manifest, champion, ledger: [], ledgerCommit: null };
  const { scoreBoth } = await import("./score-both.ts");
  return scoreBoth(ports, context, [
    { ...a, lineage: a.lineage },
    { ...b, lineage: b.lineage },
  ]);
}

/** How what b was made from differs from that of a, each a clause. */
export function changedClauses(a: Lineage, b: Lineage): string[] {
  const files = new Set(a.data.files.map((file) => file.sha256));
  const added = b.data.files.filter((file) => !files.has(file.sha256)).length;
  const rows = (lineage: Lineage) => lineage.data.files.reduce((sum, file) => sum + file.rows, 0);
  return [
    `data: ${rows(a)} → ${rows(b)} rows, ${added} new file${added === 1 ? "" : "s"}`,
    ...(a.learner.name === b.learner.name ? [] : [`learner: ${a.learner.name} → ${b.learner.name}`]),
    ...(["spec", "manifest", "code"] as const).flatMap((part) =>
      a.digests[part] === b.digests[part] ? [] : [`${part}: changed`],
    ),
  ];
}
