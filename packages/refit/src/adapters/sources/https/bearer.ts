import { SourceRefusedError } from "@refit/core/errors";
import type { RemoteSource } from "../remote/remote-place.ts";
import type { SourceWorld } from "../source-kind.ts";

/**
 * The header with the token of a source, empty where it has none.
 *
 * @throws SourceRefusedError where the variable that the manifest names is not set.
 */
export function bearer({ path, token }: RemoteSource, env: SourceWorld["env"]): Record<string, string> {
  if (token === undefined) return {};
  const value = env[token]?.trim();
  if (value === undefined || value === "")
    throw new SourceRefusedError(path, `the variable ${token} is not set`, setIt(token));
  // Node refuses such a header with a message that may hold it.
  if (/[^\x21-\x7e]/.test(value))
    throw new SourceRefusedError(path, `the variable ${token} has characters that no token has`, setIt(token));
  return { authorization: `Bearer ${value}` };
}

const setIt = (name: string) =>
  `Set ${name} in the environment of refit; in a workflow, from a secret, and name it in REFIT_SOURCE_ENV.`;
