import path from "node:path";

/** Where bytes of remote files are kept by their sha256. */
export function contentFolder(commonDir: string): string {
  return path.join(commonDir, "refit", "cache", "content");
}
