import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { LearnerMissingError } from "@refit/core/errors";
import { version } from "../../../version.ts";

const name = "@refit/tfjs";

/**
 * The file of `@refit/tfjs` that is started: beside refit, or else in the folder where it runs, for a refit that lies elsewhere.
 *
 * @throws LearnerMissingError where it is not installed, or is of another version of refit.
 */
export function callFile(): string {
  for (const from of [import.meta.url, path.join(process.cwd(), "package.json")]) {
    const { resolve } = createRequire(from);
    try {
      const file = resolve(`${name}/call`);
      checkVersion(resolve(`${name}/package.json`));
      return file;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    }
  }
  throw missing(`Install ${name} ${version} beside refit, as docs/tfjs-learner.md says.`);
}

function checkVersion(file: string): void {
  const { version: found } = JSON.parse(readFileSync(file, "utf8")) as { readonly version: string };
  if (found === version) return;
  throw missing(
    `${name} ${found} is installed; refit ${version} needs ${name} ${version}, as docs/tfjs-learner.md says.`,
  );
}

const missing = (remedy: string) => new LearnerMissingError("tfjs", [], { remedy });
