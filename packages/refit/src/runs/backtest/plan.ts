import path from "node:path";
import { defaultSpan, stepsOf, stepsToChooseOn, type Line, type Span } from "@refit/core/backtest";
import { BacktestSpanError, UsageError } from "@refit/core/errors";
import { checkModelName, flatName } from "@refit/core/history";
import { day } from "@refit/core/report";
import type { DataManifest, ModelSpec } from "@refit/core/spec";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import { readSpecs } from "../../rooms/read.ts";
import { sha256 } from "../../sha256.ts";
import { readPolicySpec, type PolicyChange, type PolicySpec } from "../../specs/policy.ts";
import { decodeText } from "../../text.ts";
import { version } from "../../version.ts";
import { readArrivals, type History } from "./arrived-files.ts";

const DAY = 86_400_000;

export interface BacktestRequest {
  readonly model: string;
  /** Files with the keys of `model.yaml` that a policy changes. */
  readonly policies: readonly { readonly file: string; readonly text: string }[];
  /** Whether schedules of other lengths are tried as policies, too. */
  readonly suggest: boolean;
  /** Epoch milliseconds; `null`: by the data. */
  readonly from: number | null;
  readonly to: number | null;
  readonly everyDays: number | null;
  /** How long after its row a label is known. */
  readonly labelDelayDays: number;
  /** `null`: as long as it takes. */
  readonly budgetMinutes: number | null;
}

/** A policy that is replayed. */
export interface ReplayedPolicy extends PolicySpec {
  readonly line: Line;
  /** What differs from today's. */
  readonly changes: readonly PolicyChange[];
}

/** All that a replay rests on; the same plan gives the same bytes. */
export interface Plan {
  readonly model: string;
  readonly repository: Repository;
  /** Today's, of the base branch. */
  readonly spec: ModelSpec & { readonly time: string };
  readonly manifest: DataManifest;
  /** What the base branch has besides data, by path. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly history: History;
  readonly span: Span;
  /** Epoch milliseconds. */
  readonly steps: readonly number[];
  /** How many of the steps the choice among policies may look at. */
  readonly chosenOn: number;
  /** Milliseconds. */
  readonly delay: number;
  /** The first is today's. */
  readonly policies: readonly ReplayedPolicy[];
  readonly lines: readonly Line[];
  /** Where this replay keeps what it has done, and where all replays of the model keep their trainings. */
  readonly folder: string;
  readonly fitsFolder: string;
}

export type PlanPorts = Pick<Ports, "arrivals" | "files" | "git" | "learners" | "out" | "sources">;

/** Days between the models of the schedules that policies are held against, as far as steps are that fine. */
const cadences = [1, 7, 14, 28, 56, 112, 182, 365, 730];
const mostCadences = 4;

/** @throws UsageError, BacktestTimeError, BacktestPolicyError, BacktestSpanError */
export async function planBacktest(ports: PlanPorts, request: BacktestRequest): Promise<Plan> {
  const { model, labelDelayDays } = request;
  checkModelName(model);
  const repository = await ports.git.locate();
  const { spec, manifest } = await readSpecs(ports, repository, { model, dryRun: false });
  const { time } = spec;
  if (time === undefined) {
    throw new UsageError(
      `models/${model}/model.yaml names no \`time\`, so its rows cannot be replayed.`,
      "refit backtest",
    );
  }
  const files = await baseFiles(ports, repository, model, spec.data);
  const history = await readArrivals(ports, repository, manifest, time);
  const span = spanOf(history.times, request, manifest.checks.minRows);
  const steps = stepsOf(span);
  const delay = labelDelayDays * DAY;
  if (steps.length < 2)
    throw new BacktestSpanError(`${steps.length} nights lie between ${day(span.from)} and ${day(span.to)}`);
  const references = referenceLines(span, steps.length);
  const suggested = request.suggest ? suggestions(spec, references) : [];
  const asked = [...request.policies, ...suggested];
  const policies = readPolicies(ports, asked, { spec, text: decodeText(files.get(specPath(model))!) });
  const key = sha256(
    JSON.stringify([
      version,
      [...files].map(([file, bytes]) => [file, sha256(bytes)]),
      history.files.map(({ file }) => [file.path, file.sha256]),
      policies.map(({ line, text }) => [line.id, text]),
      span,
      delay,
    ]),
  );
  const home = path.join(repository.commonDir, "refit", "backtest", flatName(model));
  return {
    model,
    repository,
    spec: { ...spec, time },
    manifest,
    files,
    history,
    span,
    steps,
    chosenOn: stepsToChooseOn(steps.length),
    delay,
    policies,
    lines: [...policies.map(({ line }) => line), ...references],
    folder: path.join(home, key.slice(0, 16)),
    fitsFolder: path.join(home, "fits"),
  };
}

const specPath = (model: string) => `models/${model}/model.yaml`;

async function baseFiles(
  { git }: Pick<Ports, "git">,
  { baseCommit }: Repository,
  model: string,
  dataset: string,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const names = [specPath(model), `data-manifests/${dataset}.yaml`, ".gitattributes"];
  const contents = await git.read(names.map((name) => `${baseCommit}:${name}`));
  return new Map(names.flatMap((name, i) => (contents[i] ? [[name, contents[i]] as const] : [])));
}

function spanOf(times: Float64Array, { from, to, everyDays }: BacktestRequest, minRows: number): Span {
  if (times.length === 0) throw new BacktestSpanError("there are no rows");
  const usual = defaultSpan(times, minRows);
  return { from: from ?? usual.from, to: to ?? usual.to, everyDays: everyDays ?? usual.everyDays };
}

type PolicyFile = BacktestRequest["policies"][number];

function readPolicies(
  { learners }: Pick<Ports, "learners">,
  policies: readonly PolicyFile[],
  today: PolicySpec,
): ReplayedPolicy[] {
  return [
    { ...today, line: policyLine("today", "model.yaml"), changes: [] },
    ...policies.map(({ file, text }, i) => ({
      ...readPolicySpec(today, file, text, learners.installed),
      line: policyLine(`policy-${i + 1}`, file),
    })),
  ];
}

/** Today's triggers with another age, and none by the number of rows, which comes to the same where rows come steadily. */
function suggestions({ retrain }: Pick<ModelSpec, "retrain">, references: readonly Line[]): PolicyFile[] {
  const { minNewRows: _, ...others } = retrain;
  return references.flatMap(({ everyDays }) => {
    if (everyDays === null || (everyDays === retrain.maxAgeDays && retrain.minNewRows === undefined)) return [];
    const text = JSON.stringify({ retrain: { ...others, maxAgeDays: everyDays } });
    return [{ file: `maxAgeDays ${everyDays}`, text }];
  });
}

function policyLine(id: string, name: string): Line {
  return { id, kind: "policy", name, everyDays: null };
}

/** What policies are held against. */
function referenceLines({ everyDays }: Span, steps: number): Line[] {
  const possible = cadences.filter((days) => days % everyDays === 0 && days / everyDays <= steps / 2);
  const chosen = possible.length === 0 ? [everyDays] : possible;
  return [
    { id: "never", kind: "never", name: "never", everyDays: null },
    ...chosen.slice(0, mostCadences).map((days): Line => ({
      id: `every-${days}`,
      kind: "cadence",
      name: `every ${days} days`,
      everyDays: days,
    })),
    { id: "no-change", kind: "no-change", name: "no change", everyDays: null },
  ];
}
