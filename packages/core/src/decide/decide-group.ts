import type { RetrainPolicy } from "../spec/model-spec.ts";
import type { Verdict } from "../judge/verdict.ts";
import { decideRetrain, type RetrainDecision } from "./decide-retrain.ts";
import type { DecisionFacts } from "./decision-facts.ts";
import type { GroupHeldWhy, HeldBack } from "./reason.ts";

/** What a look at one model of a proposal group has found. */
export type GroupMember = { readonly model: string } & (
  | { readonly kind: "blocked" | "failed" }
  | {
      readonly kind: "decided";
      readonly facts: DecisionFacts;
      readonly policy: RetrainPolicy;
      /** Its own. */
      readonly decision: RetrainDecision;
    }
);

type DecidedMember = Extract<GroupMember, { kind: "decided" }>;

/**
 * Decides for models that share a proposal. Where one is due, all are judged, since they move together. One whose inputs are those of
 * its champion has nothing to move to, so it stays as it is and is in nobody's way. One that cannot be judged is in the way of all.
 *
 * @param underReview the open proposal of the group is approved, or has a person's commit.
 * @returns the decision for each member that has one, by name.
 */
export function decideGroup(
  group: string,
  members: readonly GroupMember[],
  underReview: boolean,
): ReadonlyMap<string, RetrainDecision> {
  const decided = members.filter((member): member is DecidedMember => member.kind === "decided");
  const due = decided.find(({ decision }) => decision.retrain);
  if (due === undefined) return decisionsOf(decided, ({ decision }) => decision);
  const within = decisionsOf(decided, ({ decision, facts, policy }) =>
    decision.retrain ? decision : decideRetrain({ ...facts, withGroup: { group, due: due.model } }, policy),
  );
  if (underReview) return heldDue(decided, within, { kind: "held-by-person" });
  const holder = members.find((member) => holds(member, within));
  if (holder === undefined) return within;
  const why = holder.kind === "decided" ? "held-back" : holder.kind;
  return heldDue(decided, within, { kind: "group-held", group, by: holder.model, why });
}

function decisionsOf(members: readonly DecidedMember[], decide: (member: DecidedMember) => RetrainDecision) {
  return new Map(members.map((member) => [member.model, decide(member)]));
}

function holds(member: GroupMember, within: ReadonlyMap<string, RetrainDecision>): boolean {
  if (member.kind !== "decided") return true;
  const { retrain, heldBack } = within.get(member.model)!;
  return !retrain && heldBack?.kind !== "unchanged";
}

/** Who was due is told what is in the way, and who cannot be judged, why; the others are where they were. */
function heldDue(decided: readonly DecidedMember[], within: ReadonlyMap<string, RetrainDecision>, heldBack: HeldBack) {
  return decisionsOf(decided, ({ model, decision }) => {
    if (decision.retrain) return { ...decision, retrain: false, heldBack, nextEligibleAt: null };
    const inGroup = within.get(model)!;
    return inGroup.retrain ? decision : inGroup;
  });
}

/** How the judgement of one model of a group ended. `held-back`: before its training, since it has to wait for rows. */
export interface MemberEnd {
  readonly model: string;
  readonly end: Verdict["kind"] | "blocked" | "failed" | "held-back";
}

/** What is made of the group as a whole: proposed, proposed as a draft, or held by one of its models. */
export type GroupVerdict =
  | { readonly kind: "promote" | "inconclusive" }
  | { readonly kind: "held"; readonly by: string; readonly why: GroupHeldWhy };

const whyHeld: Readonly<Record<MemberEnd["end"], GroupHeldWhy | null>> = {
  promote: null,
  inconclusive: null,
  hold: "rejected",
  block: "blocked",
  blocked: "blocked",
  failed: "failed",
  "held-back": "held-back",
};

/** One that is not good enough is in the way of all; what is undecided for one is undecided for all. */
export function judgeGroup(members: readonly MemberEnd[]): GroupVerdict {
  for (const { model, end } of members) {
    const why = whyHeld[end];
    if (why !== null) return { kind: "held", by: model, why };
  }
  return { kind: members.every(({ end }) => end === "promote") ? "promote" : "inconclusive" };
}
