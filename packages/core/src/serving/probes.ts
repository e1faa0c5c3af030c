import { ArtifactInvalidError } from "../errors/artifact-errors.ts";
import { fits, readJson } from "../json-checks.ts";
import { knownFormat } from "../lineage/known-format.ts";
import type { InputRecord } from "./input-rows.ts";

/** Of a version; older ones and those of programs have none. */
export const PROBES_FILE = "probes.json";

/** Made-up rows, and what the model has answered to them where it was trained. */
export interface Probes {
  readonly format: typeof knownFormat;
  readonly rows: readonly InputRecord[];
  /** Numbers of each row's answer, as `Predictor.predict` gives them. */
  readonly answers: readonly (readonly number[])[];
}

/** @param bytes of that file. @throws ArtifactInvalidError, FormatNewerError */
export function readProbes(bytes: Uint8Array): Probes {
  const isAnswered = fits("rows with an answer each", (value) => {
    const { format, rows, answers } = Object(value) as { readonly [Key in keyof Probes]: unknown };
    if (format !== knownFormat || !Array.isArray(rows) || !Array.isArray(answers)) return false;
    return rows.length === answers.length && answers.every(Array.isArray);
  });
  return readJson(PROBES_FILE, bytes, knownFormat, isAnswered) as Probes;
}

/**
 * Compares what a model answers here with what it has answered where it was trained.
 *
 * @param found in the layout of `Predictor.predict`.
 * @param tolerance largest difference, in parts of the answer; 0: to the last bit.
 * @throws ArtifactInvalidError naming the first row with another answer.
 */
export function checkProbes({ answers }: Pick<Probes, "answers">, found: Float64Array, tolerance: number): void {
  const expected = answers.flat();
  if (expected.length !== found.length) fail(`${found.length} numbers in the answers`);
  for (const [i, value] of expected.entries()) {
    if (Math.abs(value - found[i]!) <= tolerance * Math.abs(value)) continue;
    fail(
      `the answers that were given at the training: ${value} to row ${Math.floor((i * answers.length) / expected.length)}, not ${found[i]}`,
    );
  }
}

function fail(expected: string): never {
  throw new ArtifactInvalidError(PROBES_FILE, "", expected);
}
