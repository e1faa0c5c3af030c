import { CommandFailedError, quotedList, type CalledProgram } from "@refit/core/errors";

/** What stands in a repository besides its objects, by name: a ref, `HEAD`, a tracked file that was changed, a setting. */
export type RepositoryState = ReadonlyMap<string, string>;

export interface WatchedRepository {
  /** `null`: it cannot be told. */
  look(): Promise<RepositoryState | null>;
  /** Whether nobody else works in it, so that what changes was changed by the program. */
  readonly isAlone: boolean;
}

interface Watching {
  readonly repository?: WatchedRepository;
  readonly onLine: (line: string) => void;
}

/**
 * Calls a program, and compares the repository before and after.
 *
 * @throws CommandFailedError where nobody but the program can have changed it; elsewhere it is said.
 */
export async function leavingAlone<Answer>(
  { repository, onLine }: Watching,
  program: CalledProgram,
  call: () => Promise<Answer>,
): Promise<Answer> {
  const before = (await repository?.look()) ?? null;
  if (repository === undefined || before === null) return call();
  const end = await call().then(
    (answer) => ({ answer }),
    (error: unknown) => ({ error }),
  );
  const changed = differences(before, (await repository.look()) ?? new Map());
  if (changed.length > 0 && repository.isAlone) {
    const what = `changed the repository: ${quotedList(changed)}`;
    throw new CommandFailedError("repository-changed", program, what, {
      cause: "error" in end ? end.error : undefined,
    });
  }
  if (changed.length > 0) {
    const names = quotedList(changed);
    onLine(
      `While \`${program.step}\` ran, the repository was changed: ${names}. If it was not you, it was the program.`,
    );
  }
  if ("error" in end) throw end.error;
  return end.answer;
}

function differences(before: RepositoryState, after: RepositoryState): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).sort();
}
