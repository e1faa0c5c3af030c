import type { Judged } from "../products/judged.ts";
import { profileVersion, type Profile } from "@refit/core/data";
import { driftLevelOf, mayMergeItself } from "@refit/core/decide";
import { ModelTooLargeError } from "@refit/core/errors";
import type { JudgedFacts, LedgerRow } from "@refit/core/history";
import { proposalMessage, proposalTitle, type IllustratedReport } from "@refit/core/report";
import { appendLedger } from "../ledger/ledger.ts";
import { assembleVersion } from "../versions/assemble-version.ts";
import { digestOfPolicy } from "../data/input-digests.ts";
import type { Outcome } from "../products/outcome.ts";
import type { Ports } from "../ports/index.ts";
import { profileFiles } from "../data/profile-files.ts";
import { profileName } from "../data/profile-store.ts";
import { modelTraits } from "../scoring/model-traits.ts";
import { shareBranch } from "../versions/share-branch.ts";
import { alertVerdict, closeAlert } from "./ends/alert.ts";
import { championFolder, proposalBranch } from "@refit/core/history";
import type { Context } from "../products/context.ts";
import { reportOf } from "./report-of.ts";
import { keptAt, reportFiles } from "../ledger/kept-report.ts";
import { show } from "./ends/show.ts";
import { encodeText } from "../text.ts";

type ProposePorts = Pick<
  Ports,
  "clock" | "git" | "branches" | "largeFiles" | "forge" | "files" | "sources" | "tables" | "learners" | "out"
>;

type ProfilesOfPorts = Pick<Ports, "git" | "files" | "sources" | "tables" | "out">;

type RememberPorts = Pick<Ports, "clock" | "git" | "branches">;

/**
 * Room 9: put the evidence before people. Memory first, so that a run that is cut short is finished and not thrown
 * away; then the branch, then what people see. Each step may be repeated.
 */
export async function propose(ports: ProposePorts, judged: Judged): Promise<Outcome> {
  const { context, decision, verdict } = judged;
  const { model, dryRun } = context.request;
  const illustrated = await reportOf(ports, judged);
  const { report } = illustrated;
  const evidence = { evaluation: judged.evaluation, verdict };
  const shown = verdict.kind === "promote" || verdict.kind === "inconclusive";

  const profiles = await profilesOf(ports, judged);
  const files = shown
    ? assembleVersion({
        ...judged,
        profile: profileVersion(
          [...profiles.values()],
          await modelTraits(ports, context, judged.prepared, judged.training),
        ),
      })
    : new Map<string, Uint8Array>();
  await checkSize(ports, context, files);

  // Before the memory: the same inputs are not judged again, so a later run would not raise it.
  const blocked = verdict.kind === "block";
  const alert = blocked && !dryRun ? await alertVerdict(ports, context, verdict.because) : null;
  const ledgerCommit = dryRun ? null : await remember(ports, judged, profiles, illustrated);
  const kept = ledgerCommit === null ? null : keptAt(context, judged.snapshot.digests.input, ledgerCommit);
  const ended = { model, because: verdict.because, evidence, report, kept };
  if (blocked) return { ...ended, decision: "blocked", findings: [], alert };
  await closeAlert(ports, context);
  const { reasons } = decision;
  if (verdict.kind === "hold") return { ...ended, ...notProposed, reasons, decision: "rejected" };

  const branch = proposalBranch(model);
  const word = verdict.kind === "inconclusive" ? "inconclusive" : context.proposal === null ? "proposed" : "updated";
  if (kept === null) return { ...ended, ...notProposed, reasons, decision: word };

  const head = await pushVersion(ports, judged, branch, files);
  const proposed = await show(ports, context, {
    head,
    kept,
    report,
    verdict: verdict.kind,
    inputDigest: judged.snapshot.digests.input,
    title: proposalTitle(model, judged.evaluation),
    autoMerge: mayMergeItself(mergeFacts(judged)),
  });
  return { ...ended, ...proposed, reasons, decision: word };
}

const notProposed = { branch: null, url: null, operation: null, version: null };

function mergeFacts({ context, evaluation, verdict, snapshot }: Judged): Parameters<typeof mayMergeItself>[0] {
  return {
    merge: context.spec.merge,
    verdict: verdict.kind,
    comparison: evaluation.kind,
    inputDigest: snapshot.digests.input,
    ledger: context.ledger,
    ledgerLost: context.ledgerLost,
    rolledBackAt: context.history.rolledBack.map((event) => event.at),
  };
}

/** Profiles of all files of the snapshot, by sha256. */
async function profilesOf(
  ports: ProfilesOfPorts,
  { context, snapshot }: Judged,
): Promise<ReadonlyMap<string, Profile>> {
  const { profiles } = await profileFiles(ports, context, snapshot.sources);
  return new Map(profiles.map(({ sha256, profile }) => [sha256, profile]));
}

const MIB = 1024 * 1024;

/** What is kept in Git LFS does not stay in git's history, so only the rest is limited. */
async function checkSize(
  ports: Pick<Ports, "largeFiles" | "forge">,
  context: Context,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  const { request, repository, spec } = context;
  const folder = championFolder(request.model);
  const large = await ports.largeFiles.tracked(
    repository,
    [...files.keys()].map((file) => `${folder}/${file}`),
  );
  const sizes = [...files].flatMap(([file, { byteLength }]) =>
    large.has(`${folder}/${file}`) ? [] : [byteLength / MIB],
  );
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total > spec.maxModelMiB) {
    throw new ModelTooLargeError(request.model, "The new version", total, `maxModelMiB allows ${spec.maxModelMiB}`);
  }
  const largest = Math.max(0, ...sizes);
  const { mostFileMiB, rule } = ports.forge.limits;
  if (repository.remote !== null && largest > mostFileMiB) {
    throw new ModelTooLargeError(request.model, "A file of the new version", largest, rule);
  }
}

/** One commit and one push for all that later runs must know. @returns the ledger's commit. */
async function remember(
  ports: RememberPorts,
  judged: Judged,
  profiles: ReadonlyMap<string, Profile>,
  illustrated: IllustratedReport,
): Promise<string> {
  const { context, snapshot, decision, evaluation, verdict } = judged;
  const { model, force } = context.request;
  const base: JudgedFacts = {
    model,
    at: new Date(ports.clock.now()).toISOString(),
    inputDigest: snapshot.digests.input,
    parent: context.champion?.treeId ?? null,
    holdout: evaluation.holdout.digest,
    settingsDigest: snapshot.digests.settings,
    files: snapshot.files.map(({ path, sha256, rows }) => ({ path, sha256, rows })),
  };
  const { from, to, rows } = evaluation.holdout;
  const { look, alpha } = evaluation;
  const policyDigest = digestOfPolicy(context);
  const ledgerRows: LedgerRow[] = [
    ...context.unrecorded,
    {
      ...base,
      ...driftLevelOf(judged.observation),
      kind: "look",
      policyDigest,
      look,
      alpha,
      window: { from, to, rows },
      verdict: verdict.kind,
    },
  ];
  const reasons = [...decision.reasons];
  if (verdict.kind === "hold") ledgerRows.push({ ...base, kind: "rejected", policyDigest, reasons });
  else if (verdict.kind === "block") ledgerRows.push({ ...base, kind: "blocked", policyDigest, reasons });
  else ledgerRows.push({ ...base, kind: "proposed", reasons });
  if (force !== null) ledgerRows.push({ ...base, kind: "forced", reason: force });

  const files = new Map(
    [...profiles].map(([digest, profile]) => [
      `profiles/${profileName(context, digest)}`,
      encodeText(JSON.stringify(profile)),
    ]),
  );
  for (const [file, text] of reportFiles(context, snapshot.digests.input, illustrated))
    files.set(file, encodeText(text));
  return appendLedger(ports, context.repository, { rows: ledgerRows, files, at: ports.clock.now() });
}

async function pushVersion(
  ports: RememberPorts,
  { context, snapshot, decision, evaluation, verdict }: Judged,
  branch: string,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<string> {
  const { repository, request } = context;
  const folder = championFolder(request.model);
  const ref = `refs/heads/${branch}`;
  const { model } = request;
  const head = await ports.branches.commit(repository, {
    ref,
    expected: await ports.git.resolve(ref),
    parent: repository.baseCommit,
    replace: [folder],
    files: new Map([...files].map(([file, bytes]) => [`${folder}/${file}`, bytes])),
    message: proposalMessage({
      model,
      reasons: decision.reasons,
      comparison: evaluation,
      verdict,
      inputDigest: snapshot.digests.input,
    }),
    at: ports.clock.now(),
  });
  return shareBranch(ports, repository, branch, head);
}
