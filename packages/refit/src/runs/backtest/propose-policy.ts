import type { BacktestResult } from "@refit/core/backtest";
import { policyBranch, specPath } from "@refit/core/history";
import { cell, markdownReport, reportFile, type BacktestReport } from "@refit/core/report";
import { appendLedger, readLedger } from "../../ledger/ledger.ts";
import type { ProposedModel } from "../../ports/forge.ts";
import type { Ports } from "../../ports/index.ts";
import type { KeptReport } from "../../ports/kept-report.ts";
import type { Repository } from "../../ports/repository.ts";
import { sha256 } from "../../sha256.ts";
import { decodeText, encodeText } from "../../text.ts";
import { fetched, type FetchPorts } from "../../versions/fetched.ts";
import { pushProposal } from "../../versions/push-proposal.ts";
import { sharedHead } from "../../versions/share-branch.ts";
import { despiteRaces } from "../despite-races.ts";
import type { Past, ReplayedPolicy } from "./plan.ts";

export type ProposePolicyPorts = FetchPorts & Pick<Ports, "ancestry" | "clock" | "files" | "forge" | "largeFiles">;

/**
 * - `unfinished`: nights are missing, or nothing was chosen
 * - `keep`: today's policy was chosen
 * - `refuted`: where the choice did not look, what was chosen did worse than today's policy beyond chance
 * - `moved`: the `model.yaml` of the base branch is not the one that was replayed
 * - `uncommitted`: files of its candidates are not on the base branch as they were replayed
 * - `declined`: a person has declined these very lines
 * - `held`: a person has approved the open proposal, or added to it
 */
export type NotProposed = "unfinished" | "keep" | "refuted" | "moved" | "uncommitted" | "declined" | "held";

export type PolicyProposal =
  | { readonly proposed: false; readonly why: NotProposed; readonly url: string | null }
  | {
      readonly proposed: true;
      readonly branch: string;
      readonly url: string;
      readonly operation: "created" | "updated" | "unchanged";
    };

/** What a replay came to. */
export interface PolicyEvidence {
  readonly past: Past;
  readonly result: BacktestResult;
  readonly told: BacktestReport;
  /** `null`: none was chosen. */
  readonly policy: ReplayedPolicy | null;
}

/**
 * Proposes the lines of `model.yaml` that a replay recommends, on a branch of their own. The champion is not touched: what the
 * lines do is judged by the next run after a merge. May be repeated.
 *
 * @throws BranchHeldError where somebody else's work is on the branch
 */
export async function proposePolicy(ports: ProposePolicyPorts, evidence: PolicyEvidence): Promise<PolicyProposal> {
  const { policy, result } = evidence;
  if (policy === null || result.nights.length < result.planned) return notProposed("unfinished");
  if (policy.changes.length === 0) return notProposed("keep");
  const overToday = result.keptBack?.lines.find(({ id }) => id === policy.line.id)?.against["today"];
  if (overToday && overToday.high < 0) return notProposed("refuted");
  return despiteRaces(() => proposeOnce(ports, evidence, policy));
}

function notProposed(why: NotProposed, url: string | null = null): PolicyProposal {
  return { proposed: false, why, url };
}

async function proposeOnce(
  ports: ProposePolicyPorts,
  { past, result, told }: PolicyEvidence,
  policy: ReplayedPolicy,
): Promise<PolicyProposal> {
  const { model } = past;
  const repository = await fetched(ports, false);
  const path = specPath(model, repository);
  const branch = policyBranch(model);
  if ((await textAt(ports, repository.baseCommit, path)) !== decodeText(past.files.get(path)!))
    return notProposed("moved");
  if (!(await isOnBase(ports, repository, policy))) return notProposed("uncommitted");
  const before = await ports.forge.proposal(repository, branch);
  if (before !== null) {
    const isDeclined = before.declinedAt !== null;
    if (isDeclined && (await textAt(ports, before.head, path)) === policy.text)
      return notProposed("declined", before.url);
    if (!isDeclined && before.heldByPerson) return notProposed("held", before.url);
  }
  const title = `refit(${model}): retrain by another policy`;
  const at = ports.clock.now();
  const evidenceDigest = sha256(policy.text + reportFile(told.report));
  const kept = await keepReport(ports, repository, {
    told,
    folder: `reports/${model}/policy-${evidenceDigest.slice(0, 16)}`,
    at,
  });
  const head = await pushProposal(ports, repository, {
    branch,
    contents: new Map([[path, encodeText(policy.text)]]),
    over: await sharedHead(ports, repository, branch),
    message: `${title}\n\n${policy.line.name}\n\nRefit-Model: ${model}\nRefit-Policy: ${evidenceDigest}\n`,
    at,
  });
  const { url, operation } = await ports.forge.ensureProposal(repository, {
    kind: "policy",
    models: [
      {
        model,
        report: told.report,
        kept,
        inputDigest: evidenceDigest,
        check: checkOf(result),
      },
    ],
    overview: null,
    branch,
    head,
    title,
    at,
    baseBranch: repository.baseBranch,
    draft: false,
    autoMerge: false,
    reviewers: past.spec.reviewers,
  });
  return { proposed: true, branch, url, operation };
}

function checkOf({ lowers }: BacktestResult): ProposedModel["check"] {
  const clauses = lowers.map((clause) => `- It lowers a requirement: ${cell(clause)}.`);
  return {
    conclusion: "success",
    summary: ["No version is changed, so there is nothing to judge.", ...clauses].join("\n"),
  };
}

/** The lines name files that the next run reads from the base branch. */
async function isOnBase(
  ports: Pick<Ports, "git" | "largeFiles">,
  repository: Repository,
  { code }: ReplayedPolicy,
): Promise<boolean> {
  const names = [...code.keys()];
  const stored = await ports.git.read(names.map((file) => `${repository.baseCommit}:${file}`));
  const there = new Map(names.flatMap((file, i) => (stored[i] ? [[file, stored[i]] as const] : [])));
  const known = await ports.largeFiles.resolve(repository, there);
  return [...code].every(([file, bytes]) => Buffer.compare(known.get(file) ?? new Uint8Array(), bytes) === 0);
}

async function textAt({ git }: Pick<Ports, "git">, commit: string, path: string): Promise<string | null> {
  const [bytes] = await git.read([`${commit}:${path}`]);
  return bytes ? decodeText(bytes) : null;
}

interface ReportPlace {
  readonly told: BacktestReport;
  readonly folder: string;
  readonly at: number;
}

/** The report with its picture, on the ledger branch. A ledger that is missing is not begun by this: its loss must be seen. */
async function keepReport(
  ports: ProposePolicyPorts,
  repository: Repository,
  { told: { report, charts }, folder, at }: ReportPlace,
): Promise<KeptReport | null> {
  const { missing } = await readLedger(ports, repository, report.model);
  if (missing) return null;
  const texts = [
    ["report.md", markdownReport(report)],
    ["report.json", reportFile(report)],
    ...[...charts].map(([file, { svg }]) => [file, svg] as const),
  ] as const;
  const files = new Map(texts.map(([file, text]) => [`${folder}/${file}`, encodeText(text)]));
  const commit = await appendLedger(ports, repository, { rows: [], files, at });
  return { commit, path: `${folder}/report.md` };
}
