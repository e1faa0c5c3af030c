import type { Finding } from "../data/finding.ts";
import type { FindingCode } from "../data/finding-codes.ts";
import type { ComparisonKind } from "./comparison.ts";

/** What they say of the challenger says no less of a champion that does not do better on the same rows. */
const ofModels: ReadonlySet<string> = new Set<FindingCode>([
  "constant-predictions",
  "class-never-predicted",
  "biased-predictions",
  "no-better-than-dummy",
]);

/** They speak of columns, and with the same settings the champion uses the same ones. */
const ofColumns: ReadonlySet<string> = new Set<FindingCode>(["leak-suspect"]);

/**
 * Turns findings that speak against a model into warnings where the live champion is no better, so that a worse model never
 * stays live because a better one is not good. A first model has the dummy for its champion: suspects about one that is better
 * than the dummy are warnings, since an absolute bar is for people to write (`gates`).
 *
 * @param improvement of the primary metric; `undefined`: nothing was compared.
 */
export function excuseFindings(
  findings: readonly Finding[],
  { kind, improvement }: { readonly kind: ComparisonKind; readonly improvement: number | undefined },
): Finding[] {
  if (kind === "first-model") return excuseFirst(findings);
  if (kind === "contract-change") return [...findings];
  const isNoWorse = improvement !== undefined && improvement >= 0;
  return findings.map((found) => {
    const excused = (isNoWorse && ofModels.has(found.code)) || (kind === "refresh" && ofColumns.has(found.code));
    if (!excused || found.severity === "warning") return found;
    return { ...found, severity: "warning", message: `${found.message} ${excuse(found)}` };
  });
}

function excuseFirst(findings: readonly Finding[]): Finding[] {
  const words = "There is no champion that does better, and the dummy does worse, so this holds back nothing.";
  const isBetter = !findings.some(({ code }) => code === "no-better-than-dummy");
  return findings.map((found) => {
    if (!isBetter || found.severity !== "suspect" || !ofModels.has(found.code)) return found;
    return { ...found, severity: "warning", message: `${found.message} ${words}` };
  });
}

function excuse({ code }: Finding): string {
  return ofColumns.has(code)
    ? "The champion learned from the same columns, so this holds back nothing."
    : "The champion does not do better on the same rows, so this holds back nothing.";
}
