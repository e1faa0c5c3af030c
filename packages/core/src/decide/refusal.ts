import type { StoppedCanary } from "../history/read-canary.ts";
import type { RolledBack } from "../history/read-history.ts";
import type { LedgerRow } from "../ledger/ledger-row.ts";
import { rowsOfKind } from "../ledger/rows-of-kind.ts";
import type { Attempt } from "./attempt.ts";
import { policyChanged } from "./policy-changed.ts";
import type { RefusedBy } from "./reason.ts";

export interface Refusal {
  readonly by: RefusedBy;
  /** Epoch milliseconds, UTC. */
  readonly at: number;
}

/**
 * The newest no to a model of exactly these inputs, which is not proposed again.
 *
 * - `declined`, `rolledBack`, `stopped`: a person said no to the model, so no other champion and no other gate changes that.
 * - `rejected`: a gate said no. That counts against the same champion only, and until a person changes the policy.
 *
 * Rollbacks and stopped canaries are read from history and not from the ledger, so that a version which came back is not refused.
 *
 * @returns `null`: nobody said no.
 */
export function refusal(
  attempt: Attempt,
  ledger: readonly LedgerRow[],
  {
    rolledBack,
    stopped = [],
  }: { readonly rolledBack: readonly RolledBack[]; readonly stopped?: readonly StoppedCanary[] },
): Refusal | null {
  const ofInputs = ledger.filter(({ inputDigest }) => inputDigest === attempt.inputDigest);
  const declined = rowsOfKind(ofInputs, "declined");
  const rejected = rowsOfKind(ofInputs, "rejected").filter(({ parent }) => parent === attempt.parent);
  const ofSame = <T extends StoppedCanary | RolledBack>(all: readonly T[]) =>
    all.filter(({ version }) => version.inputDigest === attempt.inputDigest);
  const refusals: Refusal[] = [
    ...declined.map(({ at }) => ({ by: "declined" as const, at: Date.parse(at) })),
    ...(policyChanged(attempt, ledger) ? [] : rejected).map(({ at }) => ({
      by: "rejected" as const,
      at: Date.parse(at),
    })),
    ...ofSame(rolledBack).map(({ at }) => ({ by: "rolledBack" as const, at })),
    ...ofSame(stopped).map(({ at }) => ({ by: "stopped" as const, at })),
  ];
  return refusals.sort((a, b) => a.at - b.at).at(-1) ?? null;
}
