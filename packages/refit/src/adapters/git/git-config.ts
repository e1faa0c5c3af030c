/** What git's configuration says, of every scope. Keys are written as git lists them: section and name in lower case. */
export interface GitConfig {
  /** The values of a key in the order in which git reads them; the last one counts where only one can. */
  all(key: string): readonly string[];
  /** `false` where it is not set. */
  isTrue(key: string): boolean;
  readonly keys: readonly string[];
}

/** @param listing what `git config --list -z` prints: `<key>LF<value>NUL`, and `<key>NUL` for a key without a value. */
export function parseConfig(listing: string): GitConfig {
  const values = new Map<string, string[]>();
  for (const entry of listing.split("\0").slice(0, -1)) {
    const end = entry.indexOf("\n");
    const key = end === -1 ? entry : entry.slice(0, end);
    const value = end === -1 ? "true" : entry.slice(end + 1);
    const known = values.get(key);
    if (known === undefined) values.set(key, [value]);
    else known.push(value);
  }
  const all = (key: string) => values.get(key) ?? [];
  return {
    all,
    isTrue: (key) => /^(?:true|yes|on|[+-]?0*[1-9]\d*[kmg]?)$/i.test(all(key).at(-1) ?? ""),
    keys: [...values.keys()],
  };
}
