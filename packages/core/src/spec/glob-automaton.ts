/** One place in a glob. */
export type GlobState =
  | { readonly kind: "letter"; readonly accepts: (letter: string) => boolean; readonly next: number }
  | { readonly kind: "any"; readonly next: readonly number[] }
  /** Goes on unless a dot comes next. */
  | { readonly kind: "no-dot"; readonly next: number }
  | { readonly kind: "end" };

/** Places by number, where one begins, and how to walk from one to the next. */
export interface GlobAutomaton {
  readonly states: readonly GlobState[];
  readonly start: number;
}

/** How far a path leads through a glob. */
interface GlobWalk {
  /** Whether a way ends with the path. */
  readonly matched: boolean;
  /** Whether a way ends with the path, or may go on behind it. */
  readonly isBegun: boolean;
  readonly steps: number;
}

/** Walks all ways through a glob at once, so that the steps are at most its states times the letters of the path. */
export function walkGlob({ states, start }: GlobAutomaton, path: string): GlobWalk {
  const letters = [...path];
  let steps = 0;
  let here = new Set([start]);
  let isBegun = false;
  for (let i = 0; i <= letters.length && here.size > 0; i++) {
    const letter = letters[i];
    isBegun = letter === undefined;
    const after = new Set<number>();
    // A set can grow while it is gone through, and gives each member once.
    for (const number of here) {
      steps++;
      const state = states[number]!;
      if (state.kind === "any") for (const next of state.next) here.add(next);
      else if (state.kind === "no-dot" && letter !== ".") here.add(state.next);
      else if (state.kind === "letter" && letter !== undefined && state.accepts(letter)) after.add(state.next);
      else if (state.kind === "end" && letter === undefined) return { matched: true, isBegun: true, steps };
    }
    here = after;
  }
  return { matched: false, isBegun, steps };
}
