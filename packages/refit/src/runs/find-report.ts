import path from "node:path";
import { ReportMissingError, UsageError } from "@refit/core/errors";
import { chartFiles, day, htmlReport, type Report, settledReport } from "@refit/core/report";
import type { KeptReport } from "../ports/kept-report.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { decodeText, encodeText } from "../text.ts";
import { findVersion } from "../versions/find-version.ts";
import { readModelHistory } from "../versions/model-history.ts";
import { chooseModels } from "./choose-models.ts";
import { readLedger } from "../ledger/ledger.ts";
import { findRun, type PastPorts } from "./past.ts";

type ReportPorts = PastPorts & Pick<Ports, "out">;

export interface WantedReport {
  /** `null`: the only model that there is. */
  readonly model: string | null;
  /** `live`, `last`, `v3`, or a run as `refit history` names it. */
  readonly wanted: string;
}

export interface FoundReport {
  readonly model: string;
  /** As `refit history` names it. */
  readonly run: string;
  readonly at: number;
  readonly kept: KeptReport;
  /** As it was written. */
  readonly report: Report;
  /** As it is read now. */
  readonly settled: Report;
}

/** @throws ReportMissingError, VersionUnknownError, ModelUnknownError, UsageError */
export async function findReport(
  ports: ReportPorts,
  repository: Repository,
  asked: WantedReport,
): Promise<FoundReport> {
  const model = await onlyModel(ports, repository, asked.model);
  const wanted = asked.wanted === "live" ? await liveVersion(ports, repository, model) : asked.wanted;
  if (wanted.startsWith("v")) findVersion(model, (await readModelHistory(ports, repository, model)).history, wanted);
  const told = await findRun(ports, repository, model, wanted === "last" ? null : wanted);
  if (told === null || told.run === null || told.kept === null || told.report === null) {
    const isRun = !wanted.startsWith("v");
    const what = wanted === "last" ? `a run of ${model}` : isRun ? `the run ${model}@${wanted}` : `${model} ${wanted}`;
    const { missing } = await readLedger(ports, repository, model);
    throw new ReportMissingError(what, model, { isMissing: missing, remote: repository.remote });
  }
  const { run, kept, report, event, fate } = told;
  return { model, run, at: event.at, kept, report, settled: settledReport(report, fate) };
}

async function onlyModel(ports: ReportPorts, repository: Repository, model: string | null): Promise<string> {
  const models = await chooseModels(ports, repository, model ?? undefined);
  if (models.length === 1) return models[0]!;
  const which = models.length === 0 ? "There is no model on the base branch yet." : `Name one of ${models.join(", ")}.`;
  throw new UsageError(`report needs a model. ${which}`, "refit report <model>");
}

/** The version that is live; where none is, the last run is what there is to tell. */
async function liveVersion(ports: ReportPorts, repository: Repository, model: string): Promise<string> {
  const { history } = await readModelHistory(ports, repository, model);
  if (history.champion !== null) return `v${history.champion.number}`;
  ports.out.notice(`No version of "${model}" is live; this is its last run.`);
  return "last";
}

/** As one page; the charts are read at once. */
export async function reportAsHtml({ git }: Pick<Ports, "git">, found: FoundReport): Promise<Uint8Array> {
  const { kept, settled, model, run, at } = found;
  const folder = path.posix.dirname(kept.path);
  // Its report names them; it is read from a branch that others write.
  const files = chartFiles(settled).filter((file) => /^[a-z][a-z0-9-]*\.svg$/.test(file));
  const charts = await git.read(files.map((file) => `${kept.commit}:${folder}/${file}`));
  const texts = new Map(files.map((file, i) => [file, charts[i] ? decodeText(charts[i]) : null]));
  const origin = [
    `The report of the run ${model}@${run} of ${day(at)}, kept at `,
    { kind: "code" as const, text: `${kept.commit.slice(0, 12)}:${kept.path}` },
    ".",
  ];
  return encodeText(htmlReport(settled, (file) => texts.get(file) ?? null, origin));
}
