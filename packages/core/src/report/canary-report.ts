import type { MovedCanary } from "../decide/canary-move.ts";
import type { Rollout } from "../spec/rollout.ts";
import { counted } from "./number-text.ts";
import { keepAlways, paragraph, type Report } from "./section.ts";
import { code, strong, say, type Text } from "./text.ts";

/** What is told of a canary that a proposal moves. */
export interface CanaryFacts {
  readonly model: string;
  readonly moved: MovedCanary;
  /** Git tree id of the canary. */
  readonly treeId: string;
  /** `null`: rollout.yaml cannot be read. */
  readonly rollout: Rollout | null;
  /** Whole days since it is on the base branch. */
  readonly days: number;
  /** `v3`; `null`: nothing is live. */
  readonly championLabel: string | null;
  /** Another champion is live than the one that it was compared with. */
  readonly championMoved: boolean;
}

/** A proposal that moves a canary: what merging does, what refit knows of it, and how to take it back. */
export function canaryReport(facts: CanaryFacts): Report {
  const { model, treeId, days } = facts;
  return {
    format: 1,
    model,
    headline: {
      verdict: say`${strong(model)}: ${mergeWords(facts)}`,
      number: null,
      reason: null,
      objections: movedWords(facts),
    },
    sections: [
      {
        id: "canary",
        title: null,
        body: [
          paragraph(say`Version ${code(treeId)}, on the base branch for ${counted(days, "day")}.`),
          { kind: "list", items: [...termsWords(facts), revertWords(facts)] },
        ],
        keep: keepAlways,
      },
    ],
  };
}

/** What the canary has to show before it gets more. */
function termsWords({ moved, rollout }: CanaryFacts): Text[] {
  if (rollout === null) return [say`${code("rollout.yaml")} cannot be read, so the canary gets no requests.`];
  const { steps, minLabels, margin } = rollout;
  if (moved.move === "stop") return [];
  return [
    say`Steps: ${steps.join(" %, ")} %, then the promotion.`,
    say`Before each, rollout.yaml asks for at least ${counted(minLabels, "request")} with a known label, and for a mean loss that exceeds the champion's by less than ${margin}. refit has not checked this: a person asked for the proposal.`,
  ];
}

function mergeWords({ moved, championLabel }: CanaryFacts): string {
  const champion = championLabel ?? "the champion";
  if (moved.move === "step")
    return `the canary answers ${moved.to} % of the requests, in place of ${moved.from} %; ${champion} answers the others.`;
  if (moved.move === "promote")
    return `the canary becomes the champion, in place of ${champion}. Its folder moves as it is.`;
  return `the canary is stopped, and ${champion} answers every request. The same inputs are not proposed again.`;
}

function movedWords({ championMoved, championLabel }: CanaryFacts): Text[] {
  if (!championMoved) return [];
  return [
    say`The canary was compared with another champion than ${championLabel ?? "the one before"}, which is live now, so nothing follows from the comparison.`,
  ];
}

function revertWords({ moved }: CanaryFacts): Text {
  const back = {
    step: "gives the canary its earlier share back",
    promote: "brings the champion back, and the canary beside it",
    stop: "is refused by the check, unless the canary starts again at its first step",
  } as const;
  return say`Reverting the merge ${back[moved.move]}.`;
}
