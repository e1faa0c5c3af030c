import {
  parseLineage,
  verdictReasonSentence,
  weakenedPolicy,
  type Lineage,
  type MetricName,
  type Verdict,
} from "@refit/core";
import { readModelSpec } from "./adapters/documents.ts";
import { storedMetrics } from "./history/measured-then.ts";
import { checkWhole } from "./history/tree-facts.ts";
import type { Ports, Repository } from "./ports.ts";
import { championFolder } from "./history/model-names.ts";
import type { Context } from "./context.ts";
import { read } from "./rooms/read.ts";
import { takeSnapshot, type Snapshot } from "./rooms/snapshot.ts";
import { quoteForTerminal } from "./terminal-text.ts";
import { readArtifact, readChampionFile } from "./history/version-folder.ts";

/** What is wrong with, or can be said for, the version that a commit would bring to the base branch. */
export interface Verification {
  readonly model: string;
  /**
   * - `valid`: the digests, the recomputed metrics and the bar of the base branch agree
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
type Finding = Omit<Verification, "weakened">;

/** Differences of recomputed metrics up to this are rounding of another machine. */
const TOLERANCE = 1e-9;

/**
 * Holds the model's folder at `head` against its lineage, history, the base branch's policy and its own data.
 *
 * @param trusted `false`: from somebody who may not write here; nothing of it is loaded, so it is not scored again.
 */
export async function verifyModel(
  ports: Ports,
  repository: Repository,
  model: string,
  { head, trusted }: { readonly head: string; readonly trusted: boolean },
): Promise<Verification> {
  const context = await read(ports, repository, { model, force: null, dryRun: false });
  const finding = await verifyVersion(ports, context, head, trusted);
  return { ...finding, weakened: await weakenedAt(ports, context, head) };
}

async function weakenedAt(ports: Ports, context: Context, head: string): Promise<string[]> {
  const file = `models/${context.request.model}/model.yaml`;
  const [bytes] = await ports.git.read([`${head}:${file}`]);
  if (!bytes) return [];
  return weakenedPolicy(context.spec, readModelSpec(file, new TextDecoder().decode(bytes)));
}

async function verifyVersion(ports: Ports, context: Context, head: string, trusted: boolean): Promise<Finding> {
  const { model } = context.request;
  const treeId = await ports.git.resolve(`${head}:${championFolder(model)}`);
  const end = (result: Verification["result"], problems: string[] = [], inputDigest: string | null = null) => ({
    ...{ model, result, problems, verdict: null, inputDigest },
  });
  if (treeId === null && context.history.state === "none") return end("unchanged");
  if (treeId === null) return end("failed", [`${head} has no ${championFolder(model)}; merging it retires the model.`]);

  const problem = await checkWhole(ports, context.repository, treeId, await ports.git.list(treeId));
  if (problem !== null) return end("failed", [problem]);
  const { champion, history } = context;
  if (champion?.treeId === treeId && history.state === "live") return end("unchanged");
  if (history.versions.some((version) => version.treeId === treeId)) return end("rollback");

  const text = await readChampionFile(ports, { treeId }, "lineage.json");
  const lineage = text === null ? null : parseLineage(text);
  if (lineage === null) return end("failed", ["lineage.json does not have the form that this refit knows."]);
  if (lineage.parent !== (champion?.treeId ?? null)) {
    return end("failed", [
      `It was judged against ${lineage.parent ?? "no champion"}, but ${champion?.treeId ?? "none"} is live now. Run \`refit run ${model}\` to judge it again.`,
    ]);
  }
  if (!trusted) {
    const why =
      "It comes from a fork: its digests and its parent are right, but it was not loaded and not scored here.";
    return end("notRescored", [why], lineage.inputDigest);
  }
  return { ...(await rescore(ports, context, treeId, lineage)), inputDigest: lineage.inputDigest };
}

async function rescore(
  ports: Ports,
  context: Context,
  treeId: string,
  lineage: Lineage,
): Promise<Omit<Finding, "inputDigest">> {
  const { model } = context.request;
  const snapshot = await recordedSnapshot(ports, context, lineage);
  if (snapshot === null) {
    const why =
      "The data or the settings that it was measured with are not on the base branch, so its numbers were not recomputed.";
    return { model, result: "notRescored", problems: [why], verdict: null };
  }
  const { withPrepared, evaluate, gate } = await import("./rooms/retrain.ts");
  return withPrepared(ports, context, snapshot, async (prepared) => {
    const problems: string[] = [];
    const artifact = await readArtifact(ports, context.repository, { treeId });
    const settings = context.spec.candidates.find((candidate) => candidate.learner === lineage.learner.name);
    if (settings === undefined) {
      const why = `The learner "${lineage.learner.name}" is no candidate of the base branch's model.yaml.`;
      return { model, result: "failed", problems: [why], verdict: null };
    }
    const challenger = {
      settings,
      algorithmVersion: lineage.learner.algorithmVersion,
      artifact,
      bytes: 0,
      validation: undefined,
      seconds: 0,
    };
    const evaluation = await evaluate(ports, context, snapshot, prepared, {
      candidates: [challenger],
      chosen: challenger,
      challenger,
    });
    if (evaluation.holdout.digest !== lineage.holdout.digest)
      problems.push("The holdout that lineage.json names is not the one that these data give.");
    problems.push(...(await metricProblems(ports, treeId, evaluation.metrics)));
    const verdict = gate(context, evaluation);
    if (verdict.kind === "hold" || verdict.kind === "block") {
      problems.push(...verdict.because.map((reason) => verdictReasonSentence(reason, quoteForTerminal)));
    }
    return { model, result: problems.length === 0 ? "valid" : "failed", problems, verdict: verdict.kind };
  });
}

/** The snapshot reduced to the files that the version was built from; `null` when one is not here, or the settings changed. */
async function recordedSnapshot(ports: Ports, context: Context, lineage: Lineage): Promise<Snapshot | null> {
  const snapshot = await takeSnapshot(ports, context, { answers: false, classifier: false });
  const wanted = new Set(lineage.data.files.map((file) => file.sha256));
  const files = snapshot.files.filter((file) => wanted.has(file.sha256));
  if (files.length !== wanted.size || snapshot.digests.settings !== lineage.digests.settings) return null;
  const paths = new Set(files.map((file) => file.path));
  return {
    ...snapshot,
    files,
    sources: snapshot.sources.filter(({ source }) => paths.has(source.path)),
    digests: { ...snapshot.digests, input: lineage.inputDigest },
  };
}

async function metricProblems(
  ports: Ports,
  treeId: string,
  recomputed: readonly { readonly metric: MetricName; readonly challenger: number | undefined }[],
): Promise<string[]> {
  const [bytes] = await ports.git.read([`${treeId}:metrics.json`]);
  const stored = storedMetrics(bytes ?? null);
  const names = new Set([...Object.keys(stored), ...recomputed.map((row) => row.metric)]);
  return [...names].flatMap((name) => {
    const now = recomputed.find((row) => row.metric === name)?.challenger;
    const then = stored[name];
    if (now !== undefined && then !== undefined && Math.abs(now - then) <= TOLERANCE) return [];
    if (now === undefined && then === undefined) return [];
    return [`metrics.json says ${name} is ${then ?? "absent"}; recomputed it is ${now ?? "not defined"}.`];
  });
}
