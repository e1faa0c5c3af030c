/** Text from data, for a sentence: in double quotes, control characters escaped, at most `most` characters. */
export function quoted(text: string, most = 60): string {
  return JSON.stringify(text.length > most ? `${text.slice(0, most - 1)}…` : text);
}

/** The first few values, quoted, and how many more there are. */
export function quotedList(texts: readonly string[], most = 5): string {
  const shown = texts.slice(0, most).map((text) => quoted(text));
  return texts.length > most ? `${shown.join(", ")} and ${texts.length - most} more` : shown.join(", ");
}

/**
 * The names that `word` was probably meant to be, nearest first, at most three.
 *
 * A name qualifies when at most a third of its letters must change (Levenshtein distance, letter case ignored).
 */
export function nearestNames(word: string, names: readonly string[]): string[] {
  return names
    .map((name) => ({ name, distance: editDistance(word.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.max(1, Math.floor(Math.max(word.length, name.length) / 3)))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(change, previous[j]! + 1, current[j - 1]! + 1));
    }
    previous = current;
  }
  return previous[b.length]!;
}
