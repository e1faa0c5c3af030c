import type { ErrorAnswer } from "@refit/core/answers";
import { moreAbout, redact, RefitError, systemRefusal } from "@refit/core/errors";
import { harmless } from "./text.ts";

/**
 * Prints an error for people (what, why, what to do) or machines. A foreseen failure has no stack trace; anything else
 * is our bug and says so.
 *
 * @returns the exit code: 2 for a foreseen failure, 1 for a bug.
 */
export function printError(thrown: unknown, json: boolean): number {
  const error = systemRefusal(thrown) ?? thrown;
  const known = error instanceof RefitError;
  if (json) {
    const { code, message, hint } = known ? error : { code: "bug", message: redact(String(error)), hint: bugHint };
    process.stdout.write(`${harmless(JSON.stringify({ error: { code, message, hint } } satisfies ErrorAnswer))}\n`);
  } else if (known) {
    process.stderr.write(harmless(`error: ${error.message}\n  ${error.hint}\n  ${moreAbout(error.code)}\n`));
  } else {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(harmless(`refit has a bug: ${redact(stack)}\n  ${bugHint}\n`));
  }
  return known ? 2 : 1;
}

const bugHint = "Please report it with the lines above. It is safe to run the command again.";
