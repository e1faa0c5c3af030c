import path from "node:path";
import {
  defaultSpan,
  nightsOf,
  nightsToChooseOn,
  trialName,
  type Line,
  type PolicyTrial,
  type Span,
} from "@refit/core/backtest";
import { BacktestSpanError, UsageError } from "@refit/core/errors";
import { checkModelName, flatName, specPath } from "@refit/core/history";
import { day } from "@refit/core/report";
import type { ArtifactFiles } from "@refit/core/runtime";
import { codeOf, layoutFile, viewFile, type DataManifest, type ModelSpec } from "@refit/core/spec";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import { readSpecs } from "../../rooms/read.ts";
import { sha256 } from "../../sha256.ts";
import { editPolicySpec, readPolicySpec, type ChangedPolicy, type PolicySpec } from "../../specs/policy.ts";
import { readCode } from "../../specs/program-code.ts";
import { decodeText } from "../../text.ts";
import { version } from "../../version.ts";
import { readArrivals, type History } from "./arrived-files.ts";
import { editsOf } from "./trial-edits.ts";

const DAY = 86_400_000;

export interface BacktestRequest {
  readonly model: string;
  /** Files with the keys of `model.yaml` that a policy changes. */
  readonly policies: readonly { readonly file: string; readonly text: string }[];
  /** Whether to search for a better policy than those. */
  readonly search: boolean;
  /** Whether to propose what is chosen. */
  readonly propose: boolean;
  /** Epoch milliseconds; `null`: by the data. */
  readonly from: number | null;
  readonly to: number | null;
  readonly everyDays: number | null;
  /** How long after its row a label is known. */
  readonly labelDelayDays: number;
  /** `null`: as long as it takes. */
  readonly budgetMinutes: number | null;
}

/** A policy that is replayed, with what differs from today's. */
export interface ReplayedPolicy extends ChangedPolicy {
  readonly line: Line;
  /** Files of its own candidates, from the work tree; empty: those of the base branch. */
  readonly code: ArtifactFiles;
}

/** What all replays of a command rest on. */
export interface Past {
  readonly model: string;
  readonly repository: Repository;
  /** Today's, of the base branch. */
  readonly spec: ModelSpec & { readonly time: string };
  readonly manifest: DataManifest;
  /** What the base branch has besides data, by path. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly history: History;
  /** Milliseconds until a label is known. */
  readonly delay: number;
  /** Where replays of the model are kept, and their trainings. */
  readonly home: string;
}

/** One replay: which policies, on which nights. The same plan gives the same bytes. */
export interface Plan extends Past {
  readonly span: Span;
  /** When the nights are, epoch milliseconds. */
  readonly nights: readonly number[];
  /** How many of the nights the choice among policies may look at. */
  readonly chosenOn: number;
  /** The first is today's. */
  readonly policies: readonly ReplayedPolicy[];
  readonly lines: readonly Line[];
  /** Where this replay keeps what it has done. */
  readonly folder: string;
}

export type PlanPorts = Pick<
  Ports,
  "arrivals" | "files" | "git" | "largeFiles" | "learners" | "out" | "scratch" | "sources"
>;

/** @throws UsageError, BacktestTimeError */
export async function readPast(
  ports: PlanPorts,
  { model, labelDelayDays }: Pick<BacktestRequest, "model" | "labelDelayDays">,
): Promise<Past> {
  checkModelName(model);
  const repository = await ports.git.locate();
  const { spec, manifest } = await readSpecs(ports, repository, model, { workTree: false });
  const { time } = spec;
  if (time === undefined) {
    throw new UsageError(
      `${specPath(model, repository)} has no \`time\`, so its rows cannot be replayed.`,
      "refit backtest",
    );
  }
  return {
    model,
    repository,
    spec: { ...spec, time },
    manifest,
    files: await baseFiles(ports, repository, [
      specPath(model, repository),
      `data-manifests/${spec.data}.yaml`,
      ".gitattributes",
      layoutFile,
      ...(manifest.views ?? []).map(viewFile),
      ...new Set(spec.candidates.flatMap(codeOf)),
    ]),
    history: await historyOf(ports, repository, manifest, time),
    delay: labelDelayDays * DAY,
    home: path.join(repository.commonDir, "refit", "backtest", flatName(model)),
  };
}

async function historyOf(
  ports: PlanPorts,
  repository: Repository,
  manifest: DataManifest,
  time: string,
): Promise<History> {
  const scratch = await ports.scratch.open(repository.commonDir);
  try {
    return await readArrivals(ports, repository, manifest, { time, scratch: scratch.path });
  } finally {
    await scratch.remove();
  }
}

async function baseFiles(
  { git }: Pick<Ports, "git">,
  { baseCommit }: Repository,
  names: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const contents = await git.read(names.map((name) => `${baseCommit}:${name}`));
  return new Map(names.flatMap((name, i) => (contents[i] ? [[name, contents[i]] as const] : [])));
}

/** @throws BacktestSpanError */
export function spanOf({ history, manifest }: Past, { from, to, everyDays }: BacktestRequest): Span {
  if (history.times.length === 0) throw new BacktestSpanError("there are no rows");
  const usual = defaultSpan(history.times, manifest.checks.minRows);
  const span = { from: from ?? usual.from, to: to ?? usual.to, everyDays: everyDays ?? usual.everyDays };
  const nights = nightsOf(span).length;
  if (nights < 2) throw new BacktestSpanError(`${nights} nights lie between ${day(span.from)} and ${day(span.to)}`);
  return span;
}

/**
 * Today's policy and those of files. One with candidates of its own is tried with the files of the work tree, which nobody has to
 * commit first.
 *
 * @throws SpecInvalidError, BacktestPolicyError, and CommandFailedError or NetworkInvalidError for a file that is not there.
 */
export async function askedPolicies(
  ports: Pick<Ports, "files" | "git" | "largeFiles" | "learners">,
  past: Past,
  files: BacktestRequest["policies"],
): Promise<ReplayedPolicy[]> {
  const today = todayOf(past);
  const policies: ReplayedPolicy[] = [
    { ...today, line: policyLine("today", "model.yaml"), changes: [], code: new Map() },
  ];
  for (const [i, { file, text }] of files.entries()) {
    const policy = readPolicySpec(today, file, text, ports.learners.installed);
    const code = policy.changes.some(({ key }) => key === "candidates")
      ? await codeInWorkTree(ports, past, policy.spec)
      : new Map<string, Uint8Array>();
    policies.push({ ...policy, line: policyLine(`policy-${i + 1}`, file), code });
  }
  return policies;
}

async function codeInWorkTree(
  ports: Pick<Ports, "files" | "git" | "largeFiles">,
  { repository }: Past,
  { candidates }: ModelSpec,
): Promise<ArtifactFiles> {
  const all = new Map<string, Uint8Array>();
  for (const candidate of candidates) {
    const code = await readCode(ports, repository, candidate, { workTree: true });
    for (const [file, bytes] of code) all.set(file, bytes);
  }
  return all;
}

/** What trials come to in this model's `model.yaml`. @throws SpecInvalidError */
export function triedPolicies(
  { learners }: Pick<Ports, "learners">,
  past: Past,
  trials: readonly PolicyTrial[],
): ReplayedPolicy[] {
  const today = todayOf(past);
  return trials.map((trial, i) => {
    const name = trialName(trial);
    const policy = editPolicySpec(today, name, editsOf(trial, past.spec), learners.installed);
    return { ...policy, line: policyLine(`trial-${i + 1}`, name), code: new Map<string, Uint8Array>() };
  });
}

function todayOf({ spec, files, model, repository }: Past): PolicySpec {
  return { spec, text: decodeText(files.get(specPath(model, repository))!) };
}

function policyLine(id: string, name: string): Line {
  return { id, kind: "policy", name, everyDays: null };
}

export interface Compared {
  readonly policies: readonly ReplayedPolicy[];
  /** What they are compared with. */
  readonly references: readonly Line[];
  /** Whether the last fifth of the nights is kept for what is chosen. */
  readonly keepsBack: boolean;
}

export function planReplay(past: Past, span: Span, { policies, references, keepsBack }: Compared): Plan {
  const nights = nightsOf(span);
  const named = ({ file }: History["files"][number]) => [file.path, file.sha256];
  const key = sha256(
    JSON.stringify([
      version,
      [...past.files].map(([file, bytes]) => [file, sha256(bytes)]),
      past.history.files.map(named),
      [...past.history.tables].map(([name, files]) => [name, files.map(named)]),
      policies.map(({ line, text, code }) => [line.id, line.name, text, ...codeDigests(code)]),
      [references.map(({ id }) => id), keepsBack],
      span,
      past.delay,
    ]),
  );
  return {
    ...past,
    span,
    nights,
    chosenOn: keepsBack ? nightsToChooseOn(nights.length) : nights.length,
    policies,
    lines: [...policies.map(({ line }) => line), ...references],
    folder: path.join(past.home, key.slice(0, 16)),
  };
}

const codeDigests = (code: ArtifactFiles) => [...code].map(([file, bytes]) => [file, sha256(bytes)]);

/** What policies are compared with: no model, the first one only, and a model every so many nights, from each night on. */
export function referenceLines(span: Span): Line[] {
  const nights = nightsOf(span).length;
  const strides = span.everyDays < 7 ? [1, 7, 14, 28] : [1, 2, 4, 8];
  const days = strides.filter((each) => each === 1 || each <= nights / 2).map((each) => each * span.everyDays);
  return [
    { id: "never", kind: "never", name: "never", everyDays: null },
    ...days.map((everyDays): Line => ({
      id: `every-${everyDays}`,
      kind: "schedule",
      name: `every ${everyDays} days`,
      everyDays,
    })),
    { id: "no-change", kind: "no-change", name: "no change", everyDays: null },
  ];
}
