import { childEnvironment } from "@refit/core/errors";

/** What is of use to git, and not to a program that trains. */
const notForPrograms = /^(?:SSH_\w+|GNUPGHOME|GPG_TTY|DISPLAY|EMAIL)$/i;

/** Shorter values would be masked in every second word. */
const shortestSecret = 6;

/** Variables whose values are kept out of the output, should a program come by them all the same. */
export const secretWords = /TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY/i;

/** The environment of this process. */
export type MachineVariables = Readonly<Record<string, string | undefined>>;

/**
 * The environment of a program of the user's: what any program needs, and the variables that the candidate names. No credential of
 * refit or a forge, whatever it names.
 *
 * @param allowed names, as `environment` says in model.yaml.
 */
export function programEnvironment(env: MachineVariables, allowed: readonly string[]): Record<string, string> {
  const named = new Set(allowed);
  const passed = Object.entries(childEnvironment(env, [/^/])).filter(([name]) => named.has(name));
  const usual = Object.entries(childEnvironment(env, [])).filter(([name]) => !notForPrograms.test(name));
  return Object.fromEntries([...usual, ...passed]);
}

/** What must not be shown of a program's output, the longest first. */
export function secretValues(env: MachineVariables, allowed: readonly string[]): string[] {
  const named = new Set(allowed);
  return Object.entries(env)
    .flatMap(([name, value]) => (value !== undefined && (named.has(name) || secretWords.test(name)) ? [value] : []))
    .filter((value) => value.length >= shortestSecret)
    .sort((a, b) => b.length - a.length);
}

/** Says to the usual libraries how many threads to use, and takes away what differs from run to run. */
export function steadyVariables(threads: number, seed: number): Record<string, string> {
  const count = String(threads);
  return {
    OMP_NUM_THREADS: count,
    OPENBLAS_NUM_THREADS: count,
    MKL_NUM_THREADS: count,
    PYTHONHASHSEED: String(seed),
    PYTHONUNBUFFERED: "1",
    TZ: "UTC",
  };
}
