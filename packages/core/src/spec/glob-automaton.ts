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

/**
 * Walks all ways through a glob at once, so that the steps are at most its states times the letters of the path.
 *
 * @returns whether one of them ends with the path, and the steps that it took.
 */
export function walkGlob({ states, start }: GlobAutomaton, path: string): { matched: boolean; steps: number } {
  const letters = [...path];
  let steps = 0;
  let here = new Set([start]);
  for (let i = 0; i <= letters.length && here.size > 0; i++) {
    const letter = letters[i];
    const after = new Set<number>();
    // A set can grow while it is gone through, and gives each member once.
    for (const number of here) {
      steps++;
      const state = states[number]!;
      if (state.kind === "any") for (const next of state.next) here.add(next);
      else if (state.kind === "no-dot" && letter !== ".") here.add(state.next);
      else if (state.kind === "letter" && letter !== undefined && state.accepts(letter)) after.add(state.next);
      else if (state.kind === "end" && letter === undefined) return { matched: true, steps };
    }
    here = after;
  }
  return { matched: false, steps };
}
