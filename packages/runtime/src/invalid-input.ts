import type { InputInvalidError, InputProblem } from "@refit/core/errors";

/**
 * The error of rows that do not fit, for who adds columns of its own. The class comes only where something is wrong.
 *
 * @param problems those that are told. @param more how many there are besides.
 */
export async function invalidInput(problems: readonly InputProblem[], more: number): Promise<InputInvalidError> {
  const errors = await import("@refit/core/errors");
  return new errors.InputInvalidError(problems, more);
}
