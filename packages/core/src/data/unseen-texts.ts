import { quoted } from "../errors/name-words.ts";
import { percent } from "./percent.ts";
import type { ColumnProfile } from "./profile.ts";
import { leastValues, normalised, sameShare, sentinelWords, type Signature } from "./signature.ts";

type Counted = readonly [text: string, count: number];

/** From this share of new texts on, a change of the source is likelier than news. */
const largeShare = 0.05;
/** A text this rare is matched with none. */
const leastMatched = 0.01;

/**
 * Texts that were never there before, in the champion's data or the new files so far: relabelled (they take the places of texts that are gone), many, or some.
 *
 * How many are to be expected is the share of texts seen once (Good 1953): columns of names bring new ones always.
 * Says nothing where the champion's texts are not all known by name, and leaves out what `string-mismatch` and
 * `sentinel-spike` tell.
 */
export function unseenTexts(before: ColumnProfile, now: ColumnProfile): Signature {
  const [was, values] = [before.rows - before.nulls, now.rows - now.nulls];
  if (before.top === undefined || now.top === undefined || before.otherCount !== 0) return null;
  if (was < leastValues || values < leastValues) return null;

  const known = new Set(before.top.flatMap(([text]) => [text, normalised(text)]));
  const unseen = now.top.filter(
    ([text]) => !known.has(text) && !known.has(normalised(text)) && !sentinelWords.test(text.trim()),
  );
  const rows = sumOf(unseen);
  const seenOnce = before.top.filter(([, count]) => count === 1).length;
  const expected = seenOnce > 0 && (rows / values <= seenOnce / was || sameShare(seenOnce, was, rows, values));
  if (rows === 0 || expected) return null;

  const share = percent(rows / values);
  const counted = { count: rows, examples: unseen.map(([text]) => quoted(text)) };
  if (rows < largeShare * values)
    return { code: "new-category", words: `has new texts in ${share} of its values${examples(unseen)}`, ...counted };
  const pairs = matched(goneFrom(before.top, now), was, unseen, values);
  if (sumOf(pairs.map(({ to }) => to)) >= 0.8 * rows) {
    const [{ from, to }] = pairs as [{ from: Counted; to: Counted }];
    const words = `looks relabelled: ${quoted(to[0])} is as frequent as ${quoted(from[0])} was, which has disappeared`;
    return {
      code: "relabelled",
      words: pairs.length > 1 ? `${words} (${pairs.length} such pairs)` : words,
      ...counted,
    };
  }
  return {
    code: "unseen-categories",
    words: `has texts that were never there before in ${share} of its values${examples(unseen)}`,
    ...counted,
  };
}

function goneFrom(before: readonly Counted[], { top = [], otherCount }: ColumnProfile): Counted[] {
  if (otherCount !== 0) return [];
  const present = new Set(top.map(([text]) => text));
  return before.filter(([text]) => !present.has(text));
}

/** Each new text with the text of the nearest share that is gone, where chance explains the difference; each once. */
function matched(gone: readonly Counted[], was: number, unseen: readonly Counted[], values: number) {
  const left = gone.filter(([, count]) => count >= leastMatched * was);
  return unseen.flatMap((to) => {
    const distance = ([, count]: Counted) => Math.abs(count / was - to[1] / values);
    const [from] = left.toSorted((a, b) => distance(a) - distance(b));
    if (from === undefined || to[1] < leastMatched * values || !sameShare(from[1], was, to[1], values)) return [];
    left.splice(left.indexOf(from), 1);
    return [{ from, to }];
  });
}

function examples(texts: readonly Counted[]): string {
  return `, such as ${texts
    .slice(0, 3)
    .map(([text]) => quoted(text))
    .join(", ")}`;
}

function sumOf(texts: readonly Counted[]): number {
  return texts.reduce((sum, [, count]) => sum + count, 0);
}
