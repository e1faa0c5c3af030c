import { judgeGroup, type MemberEnd } from "@refit/core/decide";
import { failedModel, type FailedModel } from "@refit/core/errors";
import { groupBranch } from "@refit/core/history";
import type { Context } from "../products/context.ts";
import type { Decided } from "../products/decided.ts";
import type { Outcome, RunResult } from "../products/outcome.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { block } from "../rooms/ends/block.ts";
import { skip } from "../rooms/ends/skip.ts";
import type { Argued, GroupHolder } from "../rooms/propose.ts";
import { obstaclesTo } from "../versions/obstacles-to.ts";
import { type GroupRequest, lookAtGroup, type SeenMember } from "./look-at-group.ts";
import { orFailedOrRace } from "./or-failed.ts";
import { judgeModel } from "./run.ts";

/** How far one model came. */
type JudgedMember = Argued | { readonly ended: RunResult; readonly end: MemberEnd["end"] };

/**
 * The run of models that share a proposal: all are looked at, then all are judged, and only then anything is proposed. One that
 * fails holds the others, and does not keep them from being looked at.
 *
 * @returns a result for each, in the order of the names.
 */
export async function runGroup(
  ports: Ports,
  repository: Repository,
  request: GroupRequest,
): Promise<readonly RunResult[]> {
  const { group, models, afterFailure } = request;
  const members = await lookAtGroup(ports, repository, request);
  const results = new Map<string, RunResult>();
  for (const member of members)
    if (member.kind !== "decided" || !member.decision.retrain)
      results.set(member.model, await ports.naming.about(member.model, () => endOf(ports, member)));
  const due = members.flatMap((member) => (member.kind === "decided" && member.decision.retrain ? [member] : []));
  const unchanged = members.flatMap((member) =>
    member.kind === "decided" && member.decision.heldBack?.kind === "unchanged" ? [member.context] : [],
  );
  if (due.length > 0)
    for (const result of await moveTogether(ports, { name: group, unchanged, afterFailure }, due))
      results.set(result.model, result);
  return models.map((model) => results.get(model)!);
}

/** The end of one that is not trained. */
async function endOf(ports: Ports, member: SeenMember): Promise<RunResult> {
  if (member.kind === "failed") return { model: member.model, decision: "failed", error: member.error };
  return ports.turns.take(() =>
    member.kind === "blocked" ? block(ports, member.context, member.snapshot) : skip(ports, member),
  );
}

interface MovingGroup extends Pick<GroupRequest, "afterFailure"> {
  readonly name: string;
  readonly unchanged: readonly Context[];
}

/** Trains and judges all that have something to move to, and proposes all or none. */
async function moveTogether(
  ports: Ports,
  group: MovingGroup,
  due: readonly (Decided & { readonly model: string })[],
): Promise<readonly RunResult[]> {
  const { repository, request } = due[0]!.context;
  const failAll = (error: FailedModel) => due.map(({ model }): RunResult => ({ model, decision: "failed", error }));
  const obstacles = request.dryRun ? [] : await obstaclesTo(ports, repository, [groupBranch(group.name)]);
  if (obstacles.length > 0) return failAll(failedModel(obstacles[0]!));

  const judgements: JudgedMember[] = [];
  for (const member of due) {
    const judgement = await ports.naming.about(member.model, () => judgeMember(ports, member));
    if ("ended" in judgement && judgement.end === "failed") await group.afterFailure();
    judgements.push(judgement);
  }
  const argued = judgements.filter((each): each is Argued => !("ended" in each));
  const verdict = judgeGroup(judgements.map((each, i) => ({ model: due[i]!.model, end: endWord(each) })));
  const held: GroupHolder | null =
    verdict.kind === "held" ? { group: group.name, by: verdict.by, why: verdict.why } : null;
  const ended = judgements.flatMap((each) => ("ended" in each ? [each.ended] : []));
  if (argued.length === 0) return ended;
  const { propose } = await import("../rooms/retrain.ts");
  return orFailedOrRace<readonly RunResult[]>(
    async () => [...ended, ...(await propose(ports, argued, { group, held }))],
    failAll,
  );
}

const endWord = (judgement: JudgedMember): MemberEnd["end"] =>
  "ended" in judgement ? judgement.end : judgement.verdict.kind;

async function judgeMember(ports: Ports, member: Decided & { readonly model: string }): Promise<JudgedMember> {
  const { model } = member;
  return orFailedOrRace<JudgedMember>(
    async () => {
      const judged = await judgeModel(ports, member);
      return "ended" in judged ? { ...judged, end: wordOf(judged.ended) } : judged;
    },
    (error) => ({ ended: { model, decision: "failed", error }, end: "failed" }),
  );
}

const wordOf = ({ decision }: Outcome): MemberEnd["end"] => (decision === "blocked" ? "blocked" : "held-back");
