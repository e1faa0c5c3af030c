import type { ChecksPolicy } from "../spec/data-manifest.ts";
import type { Finding } from "./finding.ts";

/** A suspect that the manifest accepts, with a reason, becomes a warning that carries the reason. Errors stay errors. */
export function acceptFindings(findings: readonly Finding[], accepted: ChecksPolicy["accept"]): Finding[] {
  return findings.map((finding) => {
    if (finding.severity !== "suspect") return finding;
    const match = accepted.find((entry) => entry.finding === finding.code && entry.column === finding.column);
    if (match === undefined) return finding;
    return { ...finding, severity: "warning", message: `${finding.message} Accepted: ${match.reason}` };
  });
}
