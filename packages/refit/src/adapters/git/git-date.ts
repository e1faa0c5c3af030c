/** An instant as git reads it from the environment; git knows none before 1970, so it gets the first that it does. */
export function gitDate(at: number): string {
  return `@${Math.max(0, Math.floor(at / 1000))} +0000`;
}
