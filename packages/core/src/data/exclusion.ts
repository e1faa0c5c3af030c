import { yamlScalar } from "../spec/yaml-scalar.ts";
import type { Finding } from "./finding.ts";
import type { FindingCode } from "./finding-codes.ts";

/** They say that a column may be known only after the outcome, so a model does better without it. */
const ofLeaks: ReadonlySet<string> = new Set<FindingCode>(["leak-suspect"]);

/**
 * What leaves out the columns that these findings suspect of a leak, as a line to paste under `features` of model.yaml; `null`: they
 * suspect none.
 */
export function exclusionOf(findings: readonly Pick<Finding, "code" | "column">[]): string | null {
  const columns = findings.flatMap(({ code, column }) => (ofLeaks.has(code) && column !== null ? [column] : []));
  return columns.length === 0 ? null : `exclude: [${[...new Set(columns)].map((name) => yamlScalar(name)).join(", ")}]`;
}
