import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The address of this repository, as messages, cards and schemas have it. @param root of the repository. */
export function homeIn(root) {
  const text = readFileSync(join(root, "packages/core/src/errors/docs-page.ts"), "utf8");
  const home = /^const home = "(https:\/\/[^"]+)";$/m.exec(text)?.[1];
  if (home === undefined)
    throw new Error("packages/core/src/errors/docs-page.ts does not say where this repository is.");
  return home;
}

/** A text with another address, also where the old one is the beginning of a longer name. */
export function withHome(text, before, after) {
  return text.split(before).reduce((result, part) => result + (/^[\w-]/.test(part) ? before : after) + part);
}

/**
 * npm compares the address in a package with the one in the workflow's certificate, and people open those in messages and cards.
 *
 * @param repository as GitHub names it, such as `octo/refit`; `undefined`: not in a workflow.
 * @throws Error where a package has another address than messages have, or the repository is another one.
 */
export function checkHome(home, manifests, repository) {
  const other = manifests.find((manifest) => manifest.repository?.url !== `git+${home}.git`);
  if (other !== undefined) throw new Error(`${other.name} names ${other.repository?.url}, not git+${home}.git.`);
  const actual = repository && `https://github.com/${repository}`;
  if (!actual || actual === home) return;
  const advice = `Run \`node tools/scripts/set-home.mjs ${repository}\`, and commit the change`;
  throw new Error(
    `Messages and model cards would lead to ${home}, and this is ${actual}. ${advice} before the release.`,
  );
}
