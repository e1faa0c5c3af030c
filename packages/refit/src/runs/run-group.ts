import {
  decideGroup,
  decideRetrain,
  type DecisionFacts,
  type GroupMember,
  judgeGroup,
  type MemberEnd,
} from "@refit/core/decide";
import { failedModel, type FailedModel } from "@refit/core/errors";
import { groupBranch } from "@refit/core/history";
import type { Context, RunRequest } from "../products/context.ts";
import type { Decided } from "../products/decided.ts";
import type { Outcome, RunResult } from "../products/outcome.ts";
import type { Snapshot } from "../products/snapshot.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { factsOf } from "../rooms/decide.ts";
import { block } from "../rooms/ends/block.ts";
import { skip } from "../rooms/ends/skip.ts";
import { observe } from "../rooms/observe.ts";
import type { Argued, GroupHolder } from "../rooms/propose.ts";
import { read } from "../rooms/read.ts";
import { takeSnapshot } from "../rooms/snapshot.ts";
import { obstaclesTo } from "../versions/obstacles-to.ts";
import { isLostRace } from "./despite-races.ts";
import { orFailed } from "./or-failed.ts";
import { judgeModel } from "./run.ts";

/** What is known of one model of a group before any is trained. */
type SeenMember = { readonly model: string } & (
  | { readonly kind: "failed"; readonly error: FailedModel }
  | { readonly kind: "blocked"; readonly context: Context; readonly snapshot: Snapshot }
  | ({ readonly kind: "decided"; readonly facts: DecisionFacts } & Decided)
);

/** How far one model came. */
type JudgedMember = Argued | { readonly ended: RunResult; readonly end: MemberEnd["end"] };

export interface GroupRequest extends Pick<RunRequest, "force" | "dryRun"> {
  readonly group: string;
  /** All of its models, in the order of their names. */
  readonly models: readonly string[];
  /** Called where one of them could not go on, before the next one. */
  afterFailure(): Promise<void>;
}

/**
 * The run of models that share a proposal: all are looked at, then all are judged, and only then anything is proposed. One that
 * fails holds the others, and does not keep them from being looked at.
 *
 * @returns a result for each, in the order of the names.
 */
export async function runGroup(
  ports: Ports,
  repository: Repository,
  { group, models, force, dryRun, afterFailure }: GroupRequest,
): Promise<readonly RunResult[]> {
  const members: SeenMember[] = [];
  for (const model of models) {
    const look = () => lookAtMember(ports, repository, { model, group, force, dryRun });
    const member = await ports.naming.about(model, () =>
      orFailedHere<SeenMember>(look, (error) => ({ model, kind: "failed", error })),
    );
    if (member.kind === "failed") await afterFailure();
    members.push(member);
  }
  const underReview = members.some((member) => member.kind === "decided" && member.context.underReview);
  const decisions = decideGroup(group, members.map(asGroupMember), underReview);
  const withGroup = members.map((member) =>
    member.kind === "decided" ? { ...member, decision: decisions.get(member.model)! } : member,
  );

  const results = new Map<string, RunResult>();
  for (const member of withGroup)
    if (member.kind !== "decided" || !member.decision.retrain)
      results.set(member.model, await ports.naming.about(member.model, () => endOf(ports, member)));
  const due = withGroup.flatMap((member) => (member.kind === "decided" && member.decision.retrain ? [member] : []));
  const unchanged = withGroup.flatMap((member) =>
    member.kind === "decided" && member.decision.heldBack?.kind === "unchanged" ? [member.context] : [],
  );
  if (due.length > 0)
    for (const result of await moveTogether(ports, { name: group, unchanged, afterFailure }, due))
      results.set(result.model, result);
  return models.map((model) => results.get(model)!);
}

async function lookAtMember(ports: Ports, repository: Repository, request: RunRequest): Promise<SeenMember> {
  const { model } = request;
  const context = await read(ports, repository, request);
  const snapshot = await takeSnapshot(ports, context);
  if (snapshot.blocked) return { model, kind: "blocked", context, snapshot };
  const observation = await observe(ports, context, snapshot);
  const uncounted = snapshot.findings.filter(({ code }) => code === "rows-uncounted");
  for (const { message } of [...uncounted, ...observation.findings]) ports.out.notice(message);
  const facts = await factsOf(ports, context, snapshot, observation);
  const decision = decideRetrain(facts, context.spec.retrain);
  return { model, kind: "decided", facts, context, snapshot, observation, decision };
}

function asGroupMember(member: SeenMember): GroupMember {
  const { model, kind } = member;
  if (kind !== "decided") return { model, kind };
  return { model, kind, facts: member.facts, policy: member.context.spec.retrain, decision: member.decision };
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
  return orFailedHere<readonly RunResult[]>(
    async () => [...ended, ...(await propose(ports, argued, { group, held }))],
    failAll,
  );
}

const endWord = (judgement: JudgedMember): MemberEnd["end"] =>
  "ended" in judgement ? judgement.end : judgement.verdict.kind;

async function judgeMember(ports: Ports, member: Decided & { readonly model: string }): Promise<JudgedMember> {
  const { model } = member;
  return orFailedHere<JudgedMember>(
    async () => {
      const judged = await judgeModel(ports, member);
      return "ended" in judged ? { ...judged, end: wordOf(judged.ended) } : judged;
    },
    (error) => ({ ended: { model, decision: "failed", error }, end: "failed" }),
  );
}

const wordOf = ({ decision }: Outcome): MemberEnd["end"] => (decision === "blocked" ? "blocked" : "held-back");

/** A lost race is for the whole group to run again. */
async function orFailedHere<T>(work: () => Promise<T>, failed: (error: FailedModel) => T): Promise<T> {
  type ValueOrRace = { readonly value: T } | { readonly race: Error };
  const attempt = async (): Promise<ValueOrRace> => {
    try {
      return { value: await work() };
    } catch (error) {
      if (isLostRace(error)) return { race: error };
      throw error;
    }
  };
  const result = await orFailed<ValueOrRace>(attempt, (error) => ({ value: failed(error) }));
  if ("race" in result) throw result.race;
  return result.value;
}
