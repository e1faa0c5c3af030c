/** A ref that refit has moved from one object to another; `null`: it was not there, or is gone. */
export interface RefMove {
  readonly ref: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** What the processes of a run have moved, in its order. They tell each other by their channels, which no program of the user's has. */
export interface RefMoves {
  note(moves: readonly RefMove[]): void;
  /** In a worker as of its last turn. */
  known(): readonly RefMove[];
}

export function refMoves(): RefMoves {
  const all: RefMove[] = [];
  return { note: (moves) => void all.push(...moves), known: () => all };
}
