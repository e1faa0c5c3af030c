import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { version } from "../version.ts";

/**
 * The file of a part of one of our packages that come on their own (`null`: the main one): beside refit, or else in the folder where it runs, for a refit that lies elsewhere.
 *
 * @param missing the error for one that is not installed (`null`), or is of another version than refit
 */
export function installedFile(name: string, part: string | null, missing: (found: string | null) => Error): string {
  for (const from of [import.meta.url, path.join(process.cwd(), "package.json")]) {
    const { resolve } = createRequire(from);
    try {
      const file = resolve(part === null ? name : `${name}/${part}`);
      const { version: found } = JSON.parse(readFileSync(resolve(`${name}/package.json`), "utf8")) as {
        readonly version: string;
      };
      if (found !== version) throw missing(found);
      return file;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    }
  }
  throw missing(null);
}
