import { RefitError } from "./refit-error.ts";

/** A problem of a file and where it is. */
export interface LocatedProblem {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
  readonly message: string;
}

/** A file that people write cannot be used as it is. */
export class SpecInvalidError extends RefitError {
  readonly code = "spec-invalid";
  readonly hint = "Correct the places named above; `refit schema` lists the schemas, which describe every key.";
  /** What is wrong, in the order of the file; of very many problems the first 1,000. */
  readonly problems: readonly LocatedProblem[];

  /** @param frame the lines around the first problem, ready to print; empty: none. */
  constructor(file: string, problems: readonly LocatedProblem[], frame = "", options?: ErrorOptions) {
    const lines = problems.map((p) => `${p.file}:${p.line}:${p.column}: ${p.message}`);
    const more = lines.length > shownAtMost ? [`… and ${lines.length - shownAtMost} more`] : [];
    const count = lines.length === 1 ? "1 problem" : `${lines.length} problems`;
    const shown = [...lines.slice(0, shownAtMost), ...more];
    const first = frame === "" ? [] : [frame];
    super([`${file} cannot be used: ${count}.`, shown[0], ...first, ...shown.slice(1)].join("\n"), options);
    this.problems = problems.slice(0, keptAtMost);
  }
}

/** More than this would push the first ones off the screen. */
const shownAtMost = 50;
const keptAtMost = 1000;
