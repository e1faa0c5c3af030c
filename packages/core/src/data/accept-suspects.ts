import type { ChecksPolicy } from "../spec/data-manifest.ts";
import type { AcceptedBy, Finding } from "./finding.ts";

type Accepting = Pick<ChecksPolicy, "accept">;

/** Turns suspects that a person accepts in the manifest into warnings. */
export function acceptSuspects(findings: readonly Finding[], checks: Accepting): Finding[] {
  return findings.map((found) => {
    const reason = found.severity === "suspect" ? reasonFor(found, checks) : undefined;
    if (reason === undefined) return found;
    return { ...found, severity: "warning", accepted: { reason, by: null } };
  });
}

function reasonFor({ column, code }: Finding, { accept }: Accepting): string | undefined {
  return accept.find((word) => word.column === column && word.finding === code)?.reason;
}

/**
 * Says who accepted a finding.
 *
 * @param history the manifest's checks after each commit that changed it, newest first; `null`: none that can be read.
 */
export function nameAcceptor(
  found: Finding,
  history: readonly { readonly commit: AcceptedBy; readonly checks: Accepting | null }[],
): Finding {
  if (found.accepted === undefined) return found;
  const { reason } = found.accepted;
  const without = history.findIndex(({ checks }) => checks === null || reasonFor(found, checks) !== reason);
  const by = without === 0 ? null : (history.at(without === -1 ? -1 : without - 1)?.commit ?? null);
  return { ...found, accepted: { reason, by } };
}
