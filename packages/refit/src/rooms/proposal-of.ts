import { mayMergeItself } from "@refit/core/decide";
import { canaryFolder, championFolder, rolloutPath } from "@refit/core/history";
import { startOfCanary } from "@refit/core/judge";
import {
  groupMessage,
  groupOverview,
  groupTitle,
  proposalMessage,
  proposalTitle,
  type GroupReportMember,
  type Report,
} from "@refit/core/report";
import { rolloutText, type Rollout } from "@refit/core/spec";
import { encodeText } from "../text.ts";
import type { Context } from "../products/context.ts";
import type { Judged } from "../products/judged.ts";
import { shipsTrainedAgain } from "../products/training.ts";
import type { ProposedCommit, ProposedContent } from "../versions/push-proposal.ts";
import type { Shown, ShownModel } from "./ends/show.ts";

/** A version of one model with all that is said of it. */
export interface ProposedVersion {
  readonly shown: Omit<ShownModel, "kept">;
  readonly told: GroupReportMember;
  /** Of the version, by path in its folder. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** How it starts as a canary; `null`: it becomes the champion, and takes the place of a canary that runs. */
  readonly canary: Rollout | null;
  /** A canary is on the base branch, which has no place beside it. */
  readonly endsCanary: boolean;
  /** What is said where it is proposed by itself. */
  readonly title: string;
  readonly message: string;
  readonly mayMergeItself: boolean;
  readonly reviewers: readonly string[];
}

/** Versions with all that is said of them: what is left is to push and to show them. */
export interface Proposal {
  readonly commit: Omit<ProposedCommit, "at">;
  readonly shown: Omit<Shown, "head" | "models"> & { readonly models: readonly Omit<ShownModel, "kept">[] };
}

/** Pure. @param files of the version, by path in the champion folder. */
export function proposedVersion(
  { context, snapshot, observation, decision, training, evaluation, verdict }: Judged,
  files: ReadonlyMap<string, Uint8Array>,
  report: Report,
): ProposedVersion {
  const { request, spec, history, canaries, ledger, ledgerLost } = context;
  const { model } = request;
  const { approvals, merge, reviewers } = spec;
  const inputDigest = snapshot.digests.input;
  const { to, trainedUntil } = evaluation.holdout;
  const learnedUntil = shipsTrainedAgain(spec, training.challenger) ? to : trainedUntil;
  const { reasons } = decision;
  const canary = startOfCanary(spec, evaluation, history.state);
  const canaryPercent = canary && canary.percent;
  return {
    shown: {
      model,
      isUndecided: verdict.kind === "inconclusive",
      approvals: approvals?.promotion ?? 0,
      inputDigest,
      report,
    },
    told: { model, verdict: verdict.kind, comparison: evaluation, inputDigest },
    files,
    canary,
    endsCanary: canaries.running !== null && canary === null,
    title: proposalTitle(model, evaluation.kind, learnedUntil, canaryPercent),
    message: proposalMessage({
      model,
      reasons,
      comparison: evaluation,
      verdict,
      inputDigest,
      learnedUntil,
      canaryPercent,
    }),
    mayMergeItself: mayMergeItself({
      merge,
      verdict: verdict.kind,
      comparison: evaluation.kind,
      inputDigest,
      ledger,
      ledgerLost,
      championCollapsed: observation.findings.some(({ code }) => code === "champion-collapse"),
      rolledBackAt: [...history.rolledBack, ...canaries.stopped].map((event) => event.at),
    }),
    reviewers,
  };
}

/** Those of a group that are not proposed, since nothing has changed for them. */
export interface ProposedGroup {
  readonly name: string;
  readonly unchanged: readonly Pick<Context, "request" | "spec">[];
}

/** Pure. @param group `null`: there is one version, which is proposed by itself. */
export function proposalOf(
  { branch, repository, sharedHead }: Pick<Context, "branch" | "repository" | "sharedHead">,
  versions: readonly ProposedVersion[],
  group: ProposedGroup | null,
): Proposal {
  const { title, message, overview } = wordsOf(versions, group);
  return {
    commit: {
      branch,
      contents: new Map(versions.flatMap((each) => contentsOf(each, repository))),
      over: sharedHead,
      message,
    },
    shown: {
      branch,
      models: versions.map(({ shown }) => shown),
      overview,
      title,
      autoMerge:
        versions.every((each) => each.mayMergeItself) &&
        (group?.unchanged ?? []).every(({ spec }) => spec.merge === "auto"),
      reviewers: [...new Set(versions.flatMap(({ reviewers }) => reviewers))],
    },
  };
}

/** The same bytes in either folder. */
function contentsOf(
  { shown: { model }, files, canary, endsCanary }: ProposedVersion,
  repository: Context["repository"],
): (readonly [string, ProposedContent])[] {
  const places = { canary: canaryFolder(model, repository), rollout: rolloutPath(model, repository) };
  if (canary !== null)
    return [
      [places.canary, files],
      [places.rollout, encodeText(rolloutText(canary))],
    ];
  const gone = [places.canary, places.rollout].map((path) => [path, null] as const);
  return [[championFolder(model, repository), files], ...(endsCanary ? gone : [])];
}

function wordsOf(versions: readonly ProposedVersion[], group: ProposedGroup | null) {
  const [first] = versions;
  if (group === null) return { title: first!.title, message: first!.message, overview: null };
  const input = {
    group: group.name,
    members: versions.map(({ told }) => told),
    unchanged: group.unchanged.map(({ request }) => request.model),
  };
  return { title: groupTitle(input), message: groupMessage(input), overview: groupOverview(input) };
}
