import { driftLevelOf, type Reason } from "@refit/core/decide";
import { attemptOf, type JudgedFacts, type LedgerRow, type RowOf } from "@refit/core/history";
import { isAgainstChampion, primaryRow, type Verdict } from "@refit/core/judge";
import type { IllustratedReport } from "@refit/core/report";
import { digestOfPolicy } from "../data/input-digests.ts";
import { profileName } from "../data/profile-store.ts";
import type { Judged } from "../products/judged.ts";
import { reportFiles, reportPage, type ReportedRun } from "./kept-report.ts";
import { encodeText } from "../text.ts";
import type { LedgerEntry } from "./ledger.ts";

/** One judgement, as far as later runs must know of it. */
export interface Judgement {
  readonly facts: JudgedFacts;
  /** Of the gates and checks that it was compared with. */
  readonly policyDigest: string;
  readonly look: Pick<RowOf<"look">, "look" | "alpha" | "window" | "live" | "driftLevel">;
  readonly verdict: Verdict["kind"];
  /** Digest of the challenger's program, where it was tried and gives the same model again. */
  readonly repeated?: string | undefined;
  readonly reasons: readonly Reason[];
  /** A person's reason for the run; `null`: the triggers had it. */
  readonly force: string | null;
}

/** What a judgement leaves on the ledger branch. */
export interface JudgementRecord extends LedgerEntry {
  /** Path of the report's page among its files. */
  readonly page: string;
}

/** The record of a judgement: its rows, the report, and the profiles of the data files. Writes nothing. */
export async function judgementRecord(
  judged: Judged,
  illustrated: IllustratedReport,
  at: number,
): Promise<JudgementRecord> {
  const { context, prepared } = judged;
  const profiles = await prepared.profiles();
  const run = runOf(judged);
  const texts = [
    ...[...profiles].map(([digest, profile]) => [profilePath(context, digest), JSON.stringify(profile)] as const),
    ...reportFiles(run, illustrated),
  ];
  return {
    rows: [...context.unrecorded, ...judgementRows(judgementOf(judged, at))],
    files: new Map(texts.map(([file, text]) => [file, encodeText(text)])),
    at,
    page: reportPage(run),
  };
}

function runOf({ context, snapshot }: Pick<Judged, "context" | "snapshot">): ReportedRun {
  const of = { inputDigest: snapshot.digests.input, parent: context.champion?.treeId ?? null };
  const attempt = attemptOf(context.ledger, { ...of, policyDigest: digestOfPolicy(context) });
  return { model: context.request.model, ...of, attempt };
}

function judgementOf(judged: Judged, at: number): Judgement {
  const { context, snapshot, observation, decision, training, evaluation, verdict } = judged;
  const { holdout, look, alpha } = evaluation;
  return {
    facts: {
      model: context.request.model,
      at: new Date(at).toISOString(),
      inputDigest: snapshot.digests.input,
      parent: context.champion?.treeId ?? null,
      holdout: holdout.digest,
      settingsDigest: snapshot.digests.settings,
      files: [...snapshot.files],
    },
    policyDigest: digestOfPolicy(context),
    look: {
      look,
      alpha,
      window: { from: holdout.from, to: holdout.to, rows: holdout.rows },
      ...liveOf(evaluation),
      ...driftLevelOf(observation),
    },
    verdict: verdict.kind,
    repeated: training.challenger.repeated,
    reasons: decision.reasons,
    force: context.request.force,
  };
}

/** What is live was measured as it is, not its settings that were trained again. */
function liveOf({ kind, procedures, primary, metrics }: Judged["evaluation"]): Pick<RowOf<"look">, "live"> {
  const value = primaryRow({ metrics, primary })?.champion;
  if (procedures || !isAgainstChampion(kind) || value === undefined) return {};
  return { live: { metric: primary, value } };
}

function profilePath(context: Judged["context"], digest: string): string {
  return `profiles/${profileName(context, digest)}`;
}

/** What a judgement leaves in the ledger: what was learned of its program, the look, how it ended, and the words of whoever asked for it. */
export function judgementRows(judgement: Judgement): LedgerRow[] {
  const { facts, policyDigest, look, verdict, force, repeated } = judgement;
  const { model, at, inputDigest, parent, holdout } = facts;
  const seen: RowOf<"look"> = {
    ...facts,
    ...look,
    kind: "look",
    policyDigest,
    verdict,
  };
  return [
    ...(repeated === undefined
      ? []
      : [{ model, at, inputDigest, parent, holdout, kind: "repeated" as const, program: repeated }]),
    seen,
    endingRow(judgement),
    ...(force === null ? [] : [{ ...facts, kind: "forced" as const, reason: force }]),
  ];
}

function endingRow({ facts, policyDigest, verdict, reasons }: Judgement): LedgerRow {
  const told = { ...facts, reasons: [...reasons] };
  if (verdict === "hold") return { ...told, kind: "rejected", policyDigest };
  if (verdict === "block") return { ...told, kind: "blocked", policyDigest };
  return { ...told, kind: "proposed" };
}
