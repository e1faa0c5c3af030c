import { CommandFailedError, quotedList, type CalledProgram } from "@refit/core/errors";
import type { RefMove } from "../../workers/ref-moves.ts";

/** What stands in a repository besides its objects, by name: a ref, `HEAD`, a tracked file that was changed, a setting. */
export type RepositoryState = ReadonlyMap<string, string>;

export interface RepositoryLook {
  readonly state: RepositoryState;
  /** What refit itself had moved by then, in its order. */
  readonly moves: readonly RefMove[];
}

export interface WatchedRepository {
  /** `null`: it cannot be told. */
  look(): Promise<RepositoryLook | null>;
  /** Whether nobody else works in it, so that what changes, and refit has not moved, was changed by a program. */
  readonly isAlone: boolean;
  /** Whether refit runs other models meanwhile, and so perhaps other programs. */
  readonly isShared: boolean;
}

interface Watching {
  readonly repository?: WatchedRepository;
  readonly onLine: (line: string) => void;
}

/**
 * Calls a program, and compares the repository before and after. A ref may be where refit has moved it from where it was, and nowhere
 * else: neither back, nor on from where somebody else had put it.
 *
 * @throws CommandFailedError where nobody but a program can have changed it; elsewhere it is said.
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
  const changed = changedBetween(before, (await repository.look()) ?? { state: new Map(), moves: before.moves });
  if (changed.length > 0 && repository.isAlone) {
    const beside = repository.isShared ? ", or one that ran beside it did" : "";
    const what = `changed the repository${beside}: ${quotedList(changed)}`;
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

/** Names of what is not as refit has left it. */
function changedBetween(before: RepositoryLook, { state, moves }: RepositoryLook): string[] {
  const expected = afterMoves(before.state, moves.slice(before.moves.length));
  const names = new Set([...expected.keys(), ...state.keys()]);
  return [...names].filter((name) => expected.get(name) !== state.get(name)).sort();
}

/** No object has this name, so that the ref counts as changed. */
const movedByOthers = "moved from where refit had not left it";

function afterMoves(state: RepositoryState, moves: readonly RefMove[]): RepositoryState {
  const moved = new Map(state);
  for (const { ref, from, to } of moves) {
    if ((moved.get(ref) ?? null) !== from) moved.set(ref, movedByOthers);
    else if (to === null) moved.delete(ref);
    else moved.set(ref, to);
  }
  return moved;
}
