import { posix } from "node:path";
import { SourceRefusedError } from "@refit/core/errors";

/** Files of a folder by their relative paths, as the object `<md5>.dir` lists them. @throws SourceRefusedError */
export function readFolderList(folder: string, text: string): { readonly path: string; readonly md5: string }[] {
  let entries: unknown;
  try {
    entries = JSON.parse(text);
  } catch (error) {
    throw notAPointer(folder, "its list of files cannot be read", error);
  }
  if (!Array.isArray(entries)) throw notAPointer(folder, "its list of files cannot be read");
  return entries.map((entry: unknown) => {
    const { md5, relpath } = (entry ?? {}) as Record<string, unknown>;
    if (typeof md5 !== "string" || !/^[0-9a-f]{32}$/.test(md5) || typeof relpath !== "string")
      throw notAPointer(folder, "its list of files cannot be read");
    return { path: inside(folder, posix.join(folder, relpath)), md5 };
  });
}

/** A pointer names what lies beside it; where its bytes come from is decided by the md5 alone. */
export function inside(file: string, name: string): string {
  if (name === "." || name.startsWith("../") || name === ".." || posix.isAbsolute(name))
    throw notAPointer(file, "it names a path outside of the repository");
  return name;
}

export function notAPointer(file: string, why: string, cause?: unknown): SourceRefusedError {
  return new SourceRefusedError(file, why, "Write it with `dvc add` or `dvc commit`, then commit it.", { cause });
}
