/** What of `.dvc/config` says where objects lie. */
export interface DvcConfig {
  /** Name of the default remote; `null`: there is none. */
  readonly remote: string | null;
  /** Settings of each remote, by its name. */
  readonly remotes: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** `cache.dir`; `null`: the usual one. */
  readonly cacheDir: string | null;
}

/**
 * Reads the text of `.dvc/config`, and then that of `config.local`, whose settings count more. Sections look like `[core]` and
 * `['remote "storage"']`.
 */
export function readDvcConfig(texts: readonly string[]): DvcConfig {
  const sections = new Map<string, Record<string, string>>();
  for (const text of texts) {
    let section: Record<string, string> = {};
    for (const line of text.split(/\r?\n/)) {
      const name = /^\s*\[\s*(.*?)\s*\]\s*(?:#.*)?$/.exec(line)?.[1]?.replace(/^'(.*)'$/, "$1");
      if (name !== undefined) {
        section = sections.get(name) ?? {};
        sections.set(name, section);
        continue;
      }
      const [, key, value] = /^\s*([\w-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
      if (key !== undefined) section[key.toLowerCase()] = unquoted(value!);
    }
  }
  const remotes = [...sections].flatMap(([name, settings]) => {
    const remote = /^remote "(.*)"$/.exec(name)?.[1];
    return remote === undefined ? [] : [[remote, settings] as const];
  });
  const remote = sections.get("core")?.["remote"] ?? null;
  return { remote, remotes: new Map(remotes), cacheDir: sections.get("cache")?.["dir"] ?? null };
}

function unquoted(value: string): string {
  const quotedText = /^(["'])(.*)\1\s*(?:#.*)?$/.exec(value);
  return quotedText === null ? value.replace(/\s+#.*$/, "") : quotedText[2]!;
}
