import type { FeatureSpec, Finding } from "@refit/core/data";
import { UnreadableDataError } from "@refit/core/errors";
import { learnedUntil, liveAt, parseFeatureSpec, parseLineage } from "@refit/core/history";
import { metricOf } from "@refit/core/judge";
import { applyFeatures } from "@refit/core/runtime";
import { createPorts } from "../../../packages/refit/src/wiring.ts";
import { readModelHistory } from "../../../packages/refit/src/versions/model-history.ts";
import type { Ports } from "../../../packages/refit/src/ports/index.ts";
import { withPrepared } from "../../../packages/refit/src/rooms/prepare.ts";
import type { Prepared } from "../../../packages/refit/src/products/prepared.ts";
import { read } from "../../../packages/refit/src/rooms/read.ts";
import { takeSnapshot } from "../../../packages/refit/src/rooms/snapshot.ts";
import { readArtifact, readChampionFile } from "../../../packages/refit/src/versions/version-folder.ts";

export interface YearRow {
  readonly year: number;
  readonly rows: number;
  /** Version that was live when the year's reports arrived. */
  readonly version: number;
  /** ROC AUC of the first version, and of the version live at that time, on the year's rows. */
  readonly stale: number;
  readonly champion: number;
}

/** Scores versions out of git history on each year's reports, which none of them was trained on. */
export async function aucByYear(root: string, model: string, first: number, last: number): Promise<YearRow[]> {
  const ports = await createPorts({
    cwd: root,
    base: null,
    now: `${last + 2}-01-01T00:00:00Z`,
    json: true,
    forge: "local",
    env: process.env,
  });
  const context = await read(ports, await ports.git.locate(), { model, force: null, dryRun: true });
  const snapshot = await takeSnapshot(ports, context);
  const { history } = await readModelHistory(ports, context.repository, model);
  const scored = async (prepared: Prepared) => {
    const rowsOf = await rowsByYear(prepared);
    const table: YearRow[] = [];
    for (let year = first; year <= last; year++) {
      const reports: YearOfReports = { year, rows: rowsOf.get(year)! };
      const live = liveAt(history, Date.UTC(year + 1, 0, 1)).champion!;
      const stale = await rocAuc(ports, prepared, history.versions[0]!, reports);
      const champion = await rocAuc(ports, prepared, live, reports);
      table.push({ year, rows: reports.rows.length, version: live.number, stale, champion });
    }
    return table;
  };
  const broken = (findings: readonly Finding[]) => Promise.reject(new UnreadableDataError(findings));
  return withPrepared(ports, context, snapshot, { prepared: scored, broken });
}

/** Row numbers of the reports of one year. */
interface YearOfReports {
  readonly year: number;
  readonly rows: Uint32Array;
}

async function rowsByYear(prepared: Prepared): Promise<ReadonlyMap<number, Uint32Array>> {
  const time = await prepared.read("flight_date");
  if (time?.kind !== "number") throw new Error("flight_date is not a date");
  const rows = new Map<number, number[]>();
  time.values.forEach((instant, row) => {
    const year = new Date(instant).getUTCFullYear();
    rows.set(year, [...(rows.get(year) ?? []), row]);
  });
  return new Map([...rows].map(([year, indices]) => [year, Uint32Array.from(indices)]));
}

async function rocAuc(
  ports: Ports,
  prepared: Prepared,
  version: { readonly treeId: string; readonly number: number },
  { year, rows }: YearOfReports,
): Promise<number> {
  const lineage = parseLineage((await readChampionFile(ports, version, "lineage.json"))!);
  if (Date.parse(learnedUntil(lineage)!) >= Date.UTC(year, 0, 1)) {
    throw new Error(`v${version.number} has learned from reports of ${year}, so it cannot be scored on them`);
  }
  const features: FeatureSpec = parseFeatureSpec((await readChampionFile(ports, version, "features.json"))!);
  const learner = await ports.learners.get(lineage.learner.name);
  const predictor = await learner.load(await readArtifact(ports, await ports.git.locate(), version));
  const predictions = await predictor.predict(await applyFeatures(features, prepared.read, rows));
  const { target } = await prepared.part(rows);
  return metricOf("rocAuc").evaluate({ task: "binary", classes: 2, target, predictions })!;
}
