import type { Finding } from "../data/finding.ts";
import type { FindingCode } from "../data/finding-codes.ts";
import type { ComparisonKind } from "./comparison.ts";

/** What they say of the challenger says no less of a champion that shows the same, or does not do better, on the same rows. */
const ofModels: ReadonlySet<string> = new Set<FindingCode>([
  "constant-predictions",
  "class-never-predicted",
  "biased-predictions",
  "no-better-than-dummy",
]);

/** They speak of columns, and with the same settings the champion uses the same ones. */
const ofColumns: ReadonlySet<string> = new Set<FindingCode>(["leak-suspect"]);

/** What stands beside the findings about a challenger. */
export interface Beside {
  readonly kind: ComparisonKind;
  /** Of the primary metric; `undefined`: nothing was compared. */
  readonly improvement: number | undefined;
  /** About the champion's predictions for the same rows. */
  readonly ofChampion: readonly Finding[];
}

/**
 * Turns findings that speak against a model into warnings where the live champion is no better, so that a worse model never
 * stays live because a better one is not good. A first model has the dummy for its champion: suspects about one that is better
 * than the dummy are warnings, since an absolute bar is for people to write (`gates`).
 */
export function excuseFindings(findings: readonly Finding[], beside: Beside): Finding[] {
  const { kind } = beside;
  if (kind === "first-model") return excuseFirst(findings);
  if (kind === "contract-change") return [...findings];
  return findings.map((found) => {
    const words = excuseFor(found, beside);
    if (words === null || found.severity === "warning") return found;
    return { ...found, severity: "warning", message: `${found.message} ${words}` };
  });
}

function excuseFirst(findings: readonly Finding[]): Finding[] {
  const words = "There is no champion that does better, and the dummy does worse, so this blocks nothing.";
  const isBetter = !findings.some(({ code }) => code === "no-better-than-dummy" || code === "dummy-undecided");
  return findings.map((found) => {
    if (!isBetter || found.severity !== "suspect" || !ofModels.has(found.code)) return found;
    return { ...found, severity: "warning", message: `${found.message} ${words}` };
  });
}

/** `null`: it speaks against the challenger. */
function excuseFor({ code }: Finding, { kind, improvement, ofChampion }: Beside): string | null {
  if (kind === "refresh" && ofColumns.has(code))
    return "The champion learned from the same columns, so this blocks nothing.";
  if (!ofModels.has(code)) return null;
  if (improvement !== undefined && improvement >= 0)
    return "The champion does not do better on the same rows, so this blocks nothing.";
  return ofChampion.some((found) => found.code === code)
    ? "The champion shows the same on these rows, so this blocks nothing."
    : null;
}
