import { FormatNewerError, SpecInvalidError } from "@refit/core/errors";
import { parseLineage, type Lineage, type LineageFile } from "@refit/core/history";
import { weakenedPolicy, type Verdict } from "@refit/core/judge";
import { terminalText, verdictReasonSentence, visibleText } from "@refit/core/report";
import { readModelSpec } from "../specs/documents.ts";
import { sourceFormat } from "@refit/core/spec";
import type { SnapshotFile } from "../products/snapshot.ts";
import { metricsFile } from "../versions/assemble-version.ts";
import type { Evaluation } from "../products/evaluation.ts";
import { checkWhole } from "../versions/tree-facts.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { championFolder } from "@refit/core/history";
import type { Context } from "../products/context.ts";
import { read } from "../rooms/read.ts";
import { takeSnapshot } from "../rooms/snapshot.ts";
import type { Snapshot } from "../products/snapshot.ts";
import { readArtifact, readChampionFile } from "../versions/version-folder.ts";
import { decodeText } from "../text.ts";

type VerifyAtPorts = Pick<Ports, "clock" | "git" | "largeFiles" | "files" | "sources" | "tables" | "learners" | "out">;

type VerifyModelPorts = Pick<
  Ports,
  "clock" | "git" | "largeFiles" | "forge" | "files" | "sources" | "tables" | "learners" | "out"
>;

type VerifyVersionPorts = Pick<
  Ports,
  "clock" | "git" | "largeFiles" | "files" | "sources" | "tables" | "learners" | "out"
>;

type RecordedSnapshotPorts = Pick<Ports, "clock" | "git" | "files" | "sources" | "tables" | "learners" | "out">;

/** What is wrong with, or can be said for, the version that a commit would bring to the base branch. */
export interface Verification {
  readonly model: string;
  /**
   * - `valid`: digests and recomputed metrics agree, and the base branch's gates pass
   * - `rollback`: content that was there before; only its integrity counts
   * - `unchanged`: the same version as on the base branch
   * - `notRescored`: whole, but the data or settings it was measured with are not here
   * - `failed`: see `problems`
   */
  readonly result: "valid" | "rollback" | "unchanged" | "notRescored" | "failed";
  readonly problems: readonly string[];
  /** What a reviewer should know besides: the bar of the base branch was used, and this would lower it. */
  readonly weakened: readonly string[];
  readonly verdict: Verdict["kind"] | null;
  /** Of the version at the commit; `null`: there is none, or it is not changed. */
  readonly inputDigest: string | null;
}

/** What can be told without the policy. */
type VersionCheck = Omit<Verification, "weakened">;

/** Differences of recomputed metrics up to this are rounding of another machine. */
const TOLERANCE = 1e-9;

/**
 * Checks the model's folder at `head`: lineage, history, the base branch's policy, and its own data.
 *
 * @param trusted `false`: from somebody who may not write here; nothing of it is loaded, so it is not scored again.
 */
export async function verifyModel(
  ports: VerifyModelPorts,
  repository: Repository,
  model: string,
  { head, trusted }: { readonly head: string; readonly trusted: boolean },
): Promise<Verification> {
  try {
    const context = await read(ports, repository, { model, force: null, dryRun: false });
    return await verifyAt(ports, context, { head, trusted });
  } catch (error) {
    // What this refit cannot read is not checked, so the check fails, and the reader is told what to do.
    if (!(error instanceof FormatNewerError)) throw error;
    const problems = [`${error.code}: ${error.message} ${error.hint}`];
    return { model, result: "failed", problems, weakened: [], verdict: null, inputDigest: null };
  }
}

async function verifyAt(
  ports: VerifyAtPorts,
  context: Context,
  { head, trusted }: { readonly head: string; readonly trusted: boolean },
): Promise<Verification> {
  const checked = await verifyVersion(ports, context, head, trusted);
  try {
    return { ...checked, weakened: await weakenedAt(ports, context, head) };
  } catch (error) {
    if (!(error instanceof SpecInvalidError)) throw error;
    return { ...checked, result: "failed", problems: [...checked.problems, error.message], weakened: [] };
  }
}

async function weakenedAt(ports: Pick<Ports, "git" | "learners">, context: Context, head: string): Promise<string[]> {
  const file = `models/${context.request.model}/model.yaml`;
  const [bytes] = await ports.git.read([`${head}:${file}`]);
  if (!bytes) return [];
  return weakenedPolicy(context.spec, readModelSpec(file, decodeText(bytes), ports.learners.installed));
}

async function verifyVersion(
  ports: VerifyVersionPorts,
  context: Context,
  head: string,
  trusted: boolean,
): Promise<VersionCheck> {
  const { model } = context.request;
  const treeId = await ports.git.resolve(`${head}:${championFolder(model)}`);
  const end = (result: Verification["result"], problems: string[] = [], inputDigest: string | null = null) => ({
    model,
    result,
    problems,
    verdict: null,
    inputDigest,
  });
  if (treeId === null && context.history.state === "none") return end("unchanged");
  if (treeId === null) return end("failed", [`${head} has no ${championFolder(model)}; merging it retires the model.`]);

  const problem = await checkWhole(ports, context.repository, treeId, await ports.git.list(treeId));
  if (problem !== null) return end("failed", [problem]);
  const { champion, history } = context;
  if (champion?.treeId === treeId && history.state === "live") return end("unchanged");
  if (history.versions.some((version) => version.treeId === treeId)) return end("rollback");

  const lineage = parseLineage((await readChampionFile(ports, { treeId }, "lineage.json"))!);
  if (lineage.parent !== (champion?.treeId ?? null)) {
    return end("failed", [
      `It was compared with ${lineage.parent ?? "no champion"}, but ${champion?.treeId ?? "none"} is live now. Run \`refit run ${model}\` to compare it again.`,
    ]);
  }
  if (!trusted) {
    const why =
      "It comes from a fork: its digests and its parent are correct, but for safety it was not loaded and not scored.";
    return end("notRescored", [why], lineage.inputDigest);
  }
  return { ...(await rescore(ports, context, treeId, lineage)), inputDigest: lineage.inputDigest };
}

async function rescore(
  ports: VerifyVersionPorts,
  context: Context,
  treeId: string,
  lineage: Lineage,
): Promise<Omit<VersionCheck, "inputDigest">> {
  const { model } = context.request;
  const snapshot = await recordedSnapshot(ports, context, lineage);
  if (snapshot === null) {
    const why =
      "The data or the settings that it was measured with are not on the base branch, so its metrics were not recomputed.";
    return { model, result: "notRescored", problems: [why], verdict: null };
  }
  const { withPrepared, evaluate, gate } = await import("../rooms/retrain.ts");
  return withPrepared(ports, context, snapshot, async (prepared) => {
    const settings = context.spec.candidates.find((candidate) => candidate.learner === lineage.learner.name);
    if (settings === undefined) {
      const why = `The learner "${lineage.learner.name}" is not a candidate in the base branch's model.yaml.`;
      return { model, result: "failed", problems: [why], verdict: null };
    }
    const artifact = await readArtifact(ports, context.repository, { treeId });
    const evaluation = await evaluate(ports, { context, snapshot }, prepared, { settings, artifact });
    const verdict = gate(context, evaluation);
    const problems = [
      ...holdoutProblems(lineage, evaluation),
      ...(await metricProblems(ports, treeId, evaluation)),
      ...gateProblems(verdict),
    ];
    return { model, result: problems.length === 0 ? "valid" : "failed", problems, verdict: verdict.kind };
  });
}

/**
 * The snapshot reduced to the files that the version was built from, by digest; `null` when one can no longer be had, or
 * the settings changed.
 */
async function recordedSnapshot(
  ports: RecordedSnapshotPorts,
  context: Context,
  lineage: Lineage,
): Promise<Snapshot | null> {
  const snapshot = await takeSnapshot(ports, context);
  if (snapshot.digests.settings !== lineage.digests.settings) return null;
  const here = new Map(snapshot.sources.map((file) => [file.sha256, file]));
  const sources: SnapshotFile[] = [];
  for (const file of lineage.data.files) {
    const found = here.get(file.sha256) ?? (await fromHistory(ports, context, file, snapshot.sources));
    if (found === null) return null;
    sources.push(found);
  }
  const digests = { ...snapshot.digests, input: lineage.inputDigest };
  return { ...snapshot, files: lineage.data.files, sources, digests };
}

/** A tracked file that the base branch has replaced or removed since: git still has its bytes. */
async function fromHistory(
  ports: Pick<Ports, "git" | "sources">,
  { repository }: Context,
  { path, sha256, bytes, blob }: LineageFile,
  sources: readonly SnapshotFile[],
): Promise<SnapshotFile | null> {
  // The lineage is somebody's word: only a whole object id is asked for.
  if (blob === null || !/^[0-9a-f]{40,64}$/.test(blob) || (await ports.git.resolve(blob)) !== blob) return null;
  const like = sources.find(({ source }) => source.path === path)?.source ?? sourceFormat(path);
  if (like === null) return null;
  const source = { path, format: like.format, delimiter: like.delimiter, bytes, blob, identity: blob };
  const fetched = await ports.sources.fetch(repository, source);
  return fetched.sha256 === sha256 ? { source, sha256 } : null;
}

function holdoutProblems({ holdout }: Lineage, evaluation: Evaluation): string[] {
  if (evaluation.holdout.digest === holdout.digest) return [];
  return ["The holdout in lineage.json is not the holdout of these data."];
}

function gateProblems({ kind, because }: Verdict): string[] {
  if (kind !== "hold" && kind !== "block") return [];
  return because.map((reason) => terminalText(verdictReasonSentence(reason)));
}

/** Every number of metrics.json, of the whole holdout and of its slices, against what was computed now. */
async function metricProblems(ports: Pick<Ports, "git">, treeId: string, evaluation: Evaluation): Promise<string[]> {
  const text = await readChampionFile(ports, { treeId }, "metrics.json");
  const stored = text === null ? new Map<string, unknown>() : leaves(parsed(text));
  const recomputed = leaves(metricsFile(evaluation));
  return [...new Set([...stored.keys(), ...recomputed.keys()])].flatMap((name) => {
    const [then, now] = [stored.get(name), recomputed.get(name)];
    if (typeof then === "number" && typeof now === "number" && Math.abs(now - then) <= TOLERANCE) return [];
    return [
      `metrics.json says ${visibleText(name, 120)} is ${shown(then) ?? "absent"}; recomputed it is ${shown(now) ?? "not defined"}.`,
    ];
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return "no JSON";
  }
}

/** What is not an object, by its path; the holdout's own need no word for where they are. */
function leaves(value: unknown, path: readonly string[] = []): Map<string, unknown> {
  const isTree = typeof value === "object" && value !== null;
  if (!isTree) return new Map([[path.filter((key) => key !== "holdout").join(" ") || "it", value]]);
  return new Map(Object.entries(value).flatMap(([key, below]) => [...leaves(below, [...path, key])]));
}

const shown = (value: unknown) => (value === undefined ? null : visibleText(JSON.stringify(value), 120));
