import { docsPage } from "../errors/docs-page.ts";
import { plain } from "../spec/plain-text.ts";
import { yamlQuoted, yamlScalar } from "../spec/yaml-scalar.ts";
import { findingCodes, type FindingCode } from "./finding-codes.ts";
import type { Finding } from "./finding.ts";

/** What a person needs to accept a suspect, ready to paste. */
export interface Acceptance {
  /** One entry of `checks.accept` in the data manifest, without its reason where none is given. */
  readonly yaml: string;
  /** The command that writes it; `null`: the name of the column cannot be put on a command line for certain. */
  readonly command: string | null;
}

const WHY = "why it is right";

/** @returns `null`: nobody can accept it, since it is an error, or blocks nothing, or names no column. */
export function acceptanceOf(
  model: string,
  { code, severity, column }: Pick<Finding, "code" | "severity" | "column">,
): Acceptance | null {
  if (severity !== "suspect" || column === null) return null;
  const word = shellWord(column);
  const command = word === null ? null : `refit accept ${model} ${code} ${word} --reason "${WHY}"`;
  return { yaml: acceptanceEntry({ column, finding: code, reason: WHY }), command };
}

/** An entry of `checks.accept` as YAML, on one line. */
export function acceptanceEntry({
  column,
  finding,
  reason,
}: {
  readonly column: string;
  readonly finding: string;
  readonly reason: string;
}): string {
  return `{ column: ${yamlScalar(column)}, finding: ${finding}, reason: ${yamlQuoted(reason)} }`;
}

/** The page that explains a finding. */
export function findingPage(code: string): string {
  return docsPage(`reference/findings.md#${code}`);
}

/**
 * Why a finding with this code cannot be accepted; `null`: it can.
 *
 * @param code from a person, so perhaps not one of ours.
 */
export function refusalToAccept(code: string): "unknown" | "error" | "warning" | null {
  if (!Object.hasOwn(findingCodes, code)) return "unknown";
  const { severity } = findingCodes[code as FindingCode];
  return severity === "suspect" ? null : severity;
}

/** Quoted for a POSIX shell. A name with something that cannot be seen, or is markup elsewhere, is left to YAML. */
function shellWord(text: string): string | null {
  if (/^[A-Za-z0-9_.][A-Za-z0-9_.-]*$/.test(text)) return text;
  if (text !== plain(text) || /[^ -~\p{L}\p{N}\p{P}\p{S}]|[<>`]/u.test(text) || text.startsWith("-")) return null;
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
