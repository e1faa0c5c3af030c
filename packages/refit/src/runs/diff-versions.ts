import { championFolder, proposalBranch, type Lineage } from "@refit/core/history";
import { improvement, metricOf } from "@refit/core/judge";
import { isBuiltIn, metricNames, type MetricName } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { findVersion } from "../versions/find-version.ts";
import { readModelHistory } from "../versions/model-history.ts";
import { openProposal } from "../versions/open-proposal.ts";
import { readLineage } from "../versions/read-lineage.ts";
import { storedDirections, storedMetrics } from "../versions/stored-metrics.ts";

type DiffPorts = Pick<Ports, "git" | "forge" | "files">;

export interface VersionSide {
  readonly label: string;
  readonly treeId: string;
}

export interface VersionDiff {
  readonly a: VersionSide;
  readonly b: VersionSide;
  /** Whether both were measured on the same rows. */
  readonly sameHoldout: boolean;
  readonly metrics: readonly MetricDifference[];
  /** What differs in what they were made from, as clauses. */
  readonly changed: readonly string[];
}

interface MetricDifference {
  readonly metric: MetricName;
  readonly a: number | undefined;
  readonly b: number | undefined;
  /** Of `b` over `a`; above 0 is better, whatever the metric's direction. */
  readonly improvement: number | undefined;
}

/** @param wanted such as `v1` and `v3`; left out: the champion and the open proposal, or the last two versions. */
export async function diffVersions(
  ports: DiffPorts,
  repository: Repository,
  model: string,
  wanted: readonly (string | undefined)[],
): Promise<VersionDiff> {
  const [a, b] = await sides(ports, repository, model, wanted);
  const [lineageA, lineageB] = await Promise.all(
    [a, b].map((side) => readLineage(ports, repository, `${side.treeId}:lineage.json`)),
  );
  const [metricsA, metricsB] = await Promise.all([a, b].map((side) => measuredBy(ports, side)));
  const known: readonly MetricName[] = metricNames;
  const own = Object.keys({ ...metricsA!.values, ...metricsB!.values }).filter((name) => !known.includes(name));
  return {
    a,
    b,
    sameHoldout: lineageA?.holdout.digest === lineageB?.holdout.digest,
    metrics: [...known, ...own].flatMap((metric) => metricRow(metric, metricsA!, metricsB!)),
    changed: lineageA && lineageB ? changes(lineageA, lineageB) : [],
  };
}

async function sides(
  ports: DiffPorts,
  repository: Repository,
  model: string,
  [first, second]: readonly (string | undefined)[],
): Promise<[VersionSide, VersionSide]> {
  const { history } = await readModelHistory(ports, repository, model);
  const side = (wanted: string | undefined): VersionSide => {
    const version = findVersion(model, history, wanted);
    return { label: `v${version.number}`, treeId: version.treeId };
  };
  if (first !== undefined) return [side(first), side(second)];
  const open = await openProposal(ports, repository, proposalBranch(model));
  const treeId = open && (await ports.git.resolve(`${open.head}:${championFolder(model, repository)}`));
  if (treeId !== null) return [side(undefined), { label: "proposal", treeId }];
  const { number } = findVersion(model, history, undefined);
  return [side(`v${Math.max(1, number - 1)}`), side(undefined)];
}

/** What a version says of itself. */
interface OwnWord {
  readonly values: Readonly<Record<MetricName, number>>;
  /** Of its own metrics. */
  readonly higherIsBetter: Readonly<Record<MetricName, boolean>>;
}

async function measuredBy({ git }: Pick<Ports, "git">, { treeId }: VersionSide): Promise<OwnWord> {
  const [metrics, evaluation] = await git.read([`${treeId}:metrics.json`, `${treeId}:evaluation.json`]);
  return { values: storedMetrics(metrics ?? null), higherIsBetter: storedDirections(evaluation ?? null) };
}

function metricRow(metric: MetricName, first: OwnWord, second: OwnWord): MetricDifference[] {
  const [a, b] = [first.values[metric], second.values[metric]];
  if (a === undefined && b === undefined) return [];
  const [before, after] = [first, second].map((side) => directionOf(metric, side));
  const isComparable = a !== undefined && b !== undefined && before !== undefined && before === after;
  const better = isComparable ? improvement({ higherIsBetter: before }, a, b) : undefined;
  return [{ metric, a, b, improvement: better }];
}

/** `undefined`: the version does not tell. */
function directionOf(metric: MetricName, { higherIsBetter }: OwnWord): boolean | undefined {
  return isBuiltIn(metric) ? metricOf(metric).higherIsBetter : higherIsBetter[metric];
}

function changes(a: Lineage, b: Lineage): string[] {
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
