/**
 * `percent` of a `rollout.yaml` as refit writes it: one key a line. What is written in another way is not guessed at, since a wrong guess would
 * let a canary answer whom it should not.
 *
 * @returns from 0 to 99; `null`: it cannot be read
 */
export function rolloutPercent(text: string): number | null {
  const lines = text.split(/\r?\n/).filter((line) => !/^\s*(?:#.*)?$/.test(line));
  const keys = lines.map((line) => /^([a-z]\w*):[ \t]+\S/i.exec(line)?.[1]);
  if (keys.includes(undefined) || new Set(keys).size < keys.length) return null;
  const line = lines[keys.indexOf("percent")] ?? "";
  const percent = Number(/^percent:[ \t]+(\d{1,2}(?:\.\d{1,9})?)[ \t]*(?:#.*)?$/.exec(line)?.[1] ?? Number.NaN);
  return percent <= 99 ? percent : null;
}
