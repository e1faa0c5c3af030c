import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import { keepValue, recallValue } from "../../data/cache.ts";
import { sha256 } from "../../sha256.ts";
import { version } from "../../version.ts";

/** Parsed forms of many files, kept together: a file for each of thousands would cost more than to parse it. */
export interface KeptParses {
  /** @param key names the parser and the text, such as by a path and a git object id. */
  parsed<T>(key: string, parse: () => Promise<T>): Promise<T>;
  /** Keeps what this run has used. Whatever it has not is left out, so that the file does not grow for ever. */
  keep(): Promise<void>;
}

const name = "affected/parsed.json";

/** @param settings everything besides the texts that decides what is parsed. */
export async function keptParses(
  { files }: Pick<Ports, "files">,
  repository: Repository,
  settings: readonly unknown[],
): Promise<KeptParses> {
  const kind = sha256(JSON.stringify([version, ...settings]));
  const kept = (await recallValue(files, repository, name))?.value as KeptFile | undefined;
  const known: KeptFile["parsed"] = kept?.kind === kind ? kept.parsed : {};
  const used = new Map<string, Promise<unknown>>();
  let isNew = false;

  return {
    parsed<T>(key: string, parse: () => Promise<T>): Promise<T> {
      const again = used.get(key);
      if (again !== undefined) return again as Promise<T>;
      const isKnown = Object.hasOwn(known, key);
      if (!isKnown) isNew = true;
      const value = isKnown ? Promise.resolve(known[key] as T) : parse();
      used.set(key, value);
      return value;
    },
    async keep() {
      if (!isNew) return;
      const parsed: Record<string, unknown> = {};
      // What could not be parsed is told each time.
      for (const [key, value] of used) {
        const done = await value.then(
          (each) => ({ each }),
          () => null,
        );
        if (done !== null) parsed[key] = done.each;
      }
      await keepValue(files, repository, name, { kind, parsed });
    },
  };
}

interface KeptFile {
  readonly kind: string;
  readonly parsed: Readonly<Record<string, unknown>>;
}
