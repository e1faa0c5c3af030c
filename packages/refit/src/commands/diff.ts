import { UsageError } from "@refit/core/errors";
import type { Lineage } from "@refit/core/history";
import { improvement } from "@refit/core/judge";
import { formatNumber } from "@refit/core/report";
import { metricNames, type MetricName } from "@refit/core/spec";
import { readModelHistory } from "../versions/model-history.ts";
import type { Ports } from "../ports/index.ts";
import { championFolder, proposalBranch } from "@refit/core/history";
import { openProposal } from "../versions/open-proposal.ts";
import { readLineage } from "../versions/read-lineage.ts";
import { columns } from "@refit/core/report";
import { storedMetrics } from "../versions/stored-metrics.ts";
import type { Flags } from "./command.ts";
import { findVersion } from "./show.ts";

export const usage = "refit diff <model> [vA] [vB] [--json]";
export const summary = "Compare two versions; by default the champion and the open proposal.";
export const options = { json: { type: "boolean" } } as const;
export const optionHelp = { json: "print the differences as JSON" };

interface Side {
  readonly label: string;
  readonly treeId: string;
}

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [model, first, second, ...more] = args;
  if (model === undefined || more.length > 0)
    throw new UsageError("diff needs a model and at most two versions.", usage);
  const repository = await ports.git.locate();
  const [a, b] = await sides(ports, model, first, second);
  const [lineageA, lineageB] = await Promise.all(
    [a, b].map((side) => readLineage(ports, repository, `${side.treeId}:lineage.json`)),
  );
  const [metricsA, metricsB] = await Promise.all(
    [a, b].map(async ({ treeId }) => storedMetrics((await ports.git.read([`${treeId}:metrics.json`]))[0] ?? null)),
  );
  const sameHoldout = lineageA?.holdout.digest === lineageB?.holdout.digest;
  const rows = metricNames.flatMap((metric) => metricRow(metric, metricsA![metric], metricsB![metric]));
  const changed = lineageA && lineageB ? changes(lineageA, lineageB) : [];

  if (flags.json === true) {
    ports.out.print(JSON.stringify({ model, a, b, sameHoldout, metrics: rows, changed }, null, 2));
    return 0;
  }
  if (!sameHoldout)
    ports.out.notice(
      "The two were measured on different holdouts; `evaluation.json` has the comparison on the same rows.",
    );
  const table = rows.map(({ metric, a: before, b: after, improvement: better }) => [
    metric,
    before === undefined ? "–" : formatNumber(before),
    after === undefined ? "–" : formatNumber(after),
    better === undefined ? "" : `${better >= 0 ? "better" : "worse"} by ${formatNumber(Math.abs(better))}`,
  ]);
  for (const line of columns([["metric", a.label, b.label, ""], ...table])) ports.out.print(line);
  for (const change of changed) ports.out.print(change);
  return 0;
}

async function sides(
  ports: Pick<Ports, "git" | "forge" | "files">,
  model: string,
  first?: string,
  second?: string,
): Promise<[Side, Side]> {
  const repository = await ports.git.locate();
  const { history } = await readModelHistory(ports, repository, model);
  const side = (wanted: string | undefined): Side => {
    const version = findVersion(model, history, wanted);
    return { label: `v${version.number}`, treeId: version.treeId };
  };
  if (first !== undefined) return [side(first), side(second)];
  const open = await openProposal(ports, repository, proposalBranch(model));
  const treeId = open && (await ports.git.resolve(`${open.head}:${championFolder(model)}`));
  if (treeId !== null) return [side(undefined), { label: "proposal", treeId }];
  const { number } = findVersion(model, history, undefined);
  return [side(`v${Math.max(1, number - 1)}`), side(undefined)];
}

function metricRow(metric: MetricName, a: number | undefined, b: number | undefined) {
  if (a === undefined && b === undefined) return [];
  const better = a !== undefined && b !== undefined ? improvement(metric, a, b) : undefined;
  return [{ metric, a, b, improvement: better }];
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
