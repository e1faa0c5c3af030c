import type { FileDifference, ValueDifference } from "../lineage/compare-folders.ts";
import { visibleText } from "./visible-text.ts";

/** A long name or value is a stranger's and says no more than its beginning. */
const longest = 120;

/** What differs in one file of a version from the one that was made again, as one plain sentence; nothing in it hides. */
export function differenceSentence(difference: FileDifference): string {
  const name = visibleText(difference.path, longest);
  if (difference.kind === "extra") return `${name} does not belong to the version: making it again gives no such file.`;
  if (difference.kind === "missing") return `${name} is missing: making the version again gives it.`;
  if (difference.values.length === 0) return `${name} differs from the one that was made again.`;
  return `${name} differs: ${difference.values.map(valueWords).join("; ")}.`;
}

function valueWords({ key, remade, found }: ValueDifference): string {
  const place = key === "" ? "the whole" : visibleText(key, longest);
  return `${place} is ${words(found)}, made again it is ${words(remade)}`;
}

const words = (value: string | undefined) => (value === undefined ? "absent" : visibleText(value, longest));
