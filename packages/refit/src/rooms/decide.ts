import { decideRetrain, decisionFacts, type RetrainDecision } from "@refit/core/decide";
import { digestOfPolicy } from "../data/input-digests.ts";
import type { Ports } from "../ports/index.ts";
import type { Context } from "../products/context.ts";
import type { Observation } from "../products/observation.ts";
import type { Snapshot } from "../products/snapshot.ts";

/** Room 4: is a retrain worth it? Gathers what is known; every rule is in core/decide. */
export function decide(
  ports: Pick<Ports, "clock">,
  context: Context,
  snapshot: Snapshot,
  observation: Observation,
): RetrainDecision {
  const { history, champion, lastRolledBack, ledger, ledgerLost, proposal } = context;
  const facts = decisionFacts({
    now: ports.clock.now(),
    policyDigest: digestOfPolicy(context),
    force: context.request.force,
    history,
    champion,
    lastRolledBack,
    ledger,
    ledgerLost,
    proposal,
    snapshot,
    observation,
  });
  return decideRetrain(facts, context.spec.retrain);
}
