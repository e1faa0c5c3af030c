import { posix } from "node:path";
import { parse } from "yaml";
import { inside, notAPointer } from "./folder-list.ts";

/** What a `.dvc` file says of one file or folder. */
export interface PointerOut {
  /** Relative to the root of the repository. */
  readonly path: string;
  /** Without `.dir`. */
  readonly md5: string;
  readonly isFolder: boolean;
  readonly bytes: number | null;
  /** The name of its own remote; `null`: the default one. */
  readonly remote: string | null;
  /**
   * Written by DVC 2 or older: objects lie elsewhere, and the md5 of a text was taken as if its lines ended as on Unix.
   */
  readonly isOld: boolean;
}

/** @throws SourceRefusedError for what is not a pointer that refit can follow. */
export function readPointer(file: string, text: string): PointerOut[] {
  let contents: unknown;
  try {
    contents = parse(text, { maxAliasCount: 0 });
  } catch (error) {
    throw notAPointer(file, "it is not YAML", error);
  }
  const { outs, wdir = "." } = (contents ?? {}) as { outs?: unknown; wdir?: unknown };
  if (!Array.isArray(outs) || typeof wdir !== "string") throw notAPointer(file, "it has no `outs`");
  return outs.map((out: unknown) => {
    const { md5, path: name, size, hash, remote } = (out ?? {}) as Record<string, unknown>;
    const [, digest, folder] = /^([0-9a-f]{32})(\.dir)?$/.exec(String(md5)) ?? [];
    if (digest === undefined || typeof name !== "string" || (hash !== undefined && hash !== "md5"))
      throw notAPointer(file, "an entry of its `outs` has no md5 and path");
    return {
      path: inside(file, posix.join(posix.dirname(file), wdir, name)),
      md5: digest,
      isFolder: folder !== undefined,
      bytes: Number.isSafeInteger(size) ? (size as number) : null,
      remote: typeof remote === "string" ? remote : null,
      isOld: hash === undefined,
    };
  });
}
