import { docsPage, LearnerMissingError } from "@refit/core/errors";
import { version } from "../../../version.ts";
import { installedFile } from "../../installed-package.ts";

const name = "@refit/tfjs";

/**
 * The file of `@refit/tfjs` that is started.
 *
 * @throws LearnerMissingError where it is not installed, or is of another version of refit.
 */
export const callFile = (): string => fileOf("call");

/** The one that is imported. @throws LearnerMissingError likewise */
export const mainFile = (): string => fileOf(null);

function fileOf(part: string | null): string {
  return installedFile(name, part, (found) => {
    const remedy =
      found === null
        ? `Install ${name} ${version} beside refit: ${docsPage("tfjs-learner.md")}.`
        : `${name} ${found} is installed; refit ${version} needs ${name} ${version}: ${docsPage("tfjs-learner.md")}.`;
    return new LearnerMissingError("tfjs", [], { remedy });
  });
}
