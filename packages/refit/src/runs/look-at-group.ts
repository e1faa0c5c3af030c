import { decideGroup, decideRetrain, type DecisionFacts, type GroupMember } from "@refit/core/decide";
import type { FailedModel } from "@refit/core/errors";
import type { Context, RunRequest } from "../products/context.ts";
import type { Decided } from "../products/decided.ts";
import type { Snapshot } from "../products/snapshot.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { factsOf } from "../rooms/decide.ts";
import { observe } from "../rooms/observe.ts";
import { read } from "../rooms/read.ts";
import { takeSnapshot } from "../rooms/snapshot.ts";
import type { LookPorts } from "./due.ts";
import { orFailedOrRace } from "./or-failed.ts";

/** What is known of one model of a group before any is trained, and whether it is due with the others. */
export type SeenMember = { readonly model: string } & (
  | { readonly kind: "failed"; readonly error: FailedModel }
  | { readonly kind: "blocked"; readonly context: Context; readonly snapshot: Snapshot }
  | ({ readonly kind: "decided"; readonly facts: DecisionFacts } & Decided)
);

export interface GroupRequest extends Omit<RunRequest, "model" | "group"> {
  readonly group: string;
  /** All of its models, in the order of their names. */
  readonly models: readonly string[];
  /** Called where one of them could not go on, before the next one. */
  afterFailure(): Promise<void>;
}

export type GroupLookPorts = LookPorts & Pick<Ports, "naming">;

/**
 * The rooms of a run up to the decision, for models that share a proposal: each is looked at, and then it is decided for all of them. One that
 * fails holds the others, and does not keep them from being looked at.
 */
export async function lookAtGroup(
  ports: GroupLookPorts,
  repository: Repository,
  { group, models, afterFailure, ...request }: GroupRequest,
): Promise<readonly SeenMember[]> {
  const members: SeenMember[] = [];
  for (const model of models) {
    const look = () => lookAtMember(ports, repository, { ...request, model, group });
    const member = await ports.naming.about(model, () =>
      orFailedOrRace<SeenMember>(look, (error) => ({ model, kind: "failed", error })),
    );
    if (member.kind === "failed") await afterFailure();
    members.push(member);
  }
  const underReview = members.some((member) => member.kind === "decided" && member.context.underReview);
  const decisions = decideGroup(group, members.map(asGroupMember), underReview);
  return members.map((member) =>
    member.kind === "decided" ? { ...member, decision: decisions.get(member.model)! } : member,
  );
}

async function lookAtMember(ports: LookPorts, repository: Repository, request: RunRequest): Promise<SeenMember> {
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
