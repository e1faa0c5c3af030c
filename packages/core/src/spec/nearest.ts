/**
 * The known word that a mistyped one most likely stands for; `undefined` when none is close.
 *
 * Case, `_` and `-` are ignored, so that `cooldown_hours` finds `cooldownHours`. Otherwise at most a third of the
 * letters (at least one) may be inserted, dropped, changed or swapped with their neighbour. Ties: the first known word.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const wanted = bare(word);
  if (wanted === "" || wanted.length > 64) return undefined;
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  let best: { readonly word: string; readonly distance: number } | undefined;
  for (const candidate of known) {
    const distance = editDistance(wanted, bare(candidate));
    if (distance <= limit && distance < (best?.distance ?? Infinity)) best = { word: candidate, distance };
  }
  return best?.word;
}

function bare(word: string): string {
  return word.toLowerCase().replace(/[\s_-]/g, "");
}

/** Damerau-Levenshtein distance in its "optimal string alignment" form: no part is edited twice. */
export function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + cost);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j]!, beforePrevious[j - 2]! + 1);
    }
    beforePrevious = previous;
    previous = row;
  }
  return previous[b.length]!;
}
