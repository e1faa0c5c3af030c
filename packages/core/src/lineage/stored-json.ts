/** Levels of lists and maps; files of a version have six. */
const mostLevels = 100;
const bytesPerMiB = 1_048_576;

/** Longest texts of files of a version. A lineage of 10,000 data files has 3 MiB, a profile of 10,000 columns 30. */
const mostMiB = { lineage: 16, other: 256 };

/**
 * The limit that a stored JSON text exceeds, as words after "expected"; `null`: it can be parsed, checked and written
 * again. Reading stops there because what goes through all levels of a value would use up the stack.
 */
export function exceededLimit(text: string, kind: keyof typeof mostMiB): string | null {
  if (text.length > mostMiB[kind] * bytesPerMiB) return `at most ${mostMiB[kind]} MiB of JSON`;
  return levelsOf(text) > mostLevels ? `JSON of at most ${mostLevels} levels` : null;
}

/** How deep lists and maps lie in each other; reading stops beyond the limit. */
function levelsOf(text: string): number {
  let level = 0;
  let deepest = 0;
  let inText = false;
  for (let i = 0; i < text.length && deepest <= mostLevels; i++) {
    const code = text.charCodeAt(i);
    if (inText) {
      if (code === backslash) i++;
      else if (code === quote) inText = false;
    } else if (code === quote) inText = true;
    else if (code === openList || code === openMap) deepest = Math.max(deepest, ++level);
    else if (code === closeList || code === closeMap) level--;
  }
  return deepest;
}

const quote = 0x22;
const backslash = 0x5c;
const openList = 0x5b;
const closeList = 0x5d;
const openMap = 0x7b;
const closeMap = 0x7d;
