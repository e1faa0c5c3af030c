/** Milliseconds. No process starts, changes a file and ends in that time: git, which is small, takes two to four. */
const shortest = 1;

/**
 * Answers by key that serve for a moment only: of files that several questions look at right after each other. Whoever has heard that
 * something changed, from this process or another one, asks later than that.
 */
export function momentary<T>(): (key: string, ask: () => T) => T {
  let since = -Infinity;
  const answers = new Map<string, T>();
  return (key, ask) => {
    const now = performance.now();
    if (now - since > shortest) {
      since = now;
      answers.clear();
    }
    if (!answers.has(key)) answers.set(key, ask());
    return answers.get(key)!;
  };
}
