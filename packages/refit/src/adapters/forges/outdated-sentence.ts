/** Above a report that is about another commit than the one that would be merged. */
export function outdatedSentence(judged: string, head: string): string {
  return `${outdatedStart} ${judged.slice(0, 10)}; the head is now ${head.slice(0, 10)}.`;
}

export const outdatedStart = "This comparison is of";
