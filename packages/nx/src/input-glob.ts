import { globRoot } from "@refit/core/spec";

/** Letters that mean themselves in globs of refit, of Nx and of minimatch, and the two wildcards that mean the same in all three. */
const alike = /^(?!#)[\p{L}\p{N} ._~%@&;^'=*?-]*$/u;
/** One choice among plain words; with more than one in a name the number of combinations would multiply. */
const oneChoice = /^([^{}]*)\{([\w.-]+(?:,[\w.-]+){1,15})\}([^{}]*)$/;

/**
 * A glob of refit as one that Nx matches with: it matches the same paths, or more where the two could differ. More is safe, since a
 * model is then asked once too often; less would be a change that nobody sees.
 */
export function inputGlob(glob: string): string {
  if (/\{[^}]*\//.test(glob)) return below(globRoot(glob));
  const names = glob.split("/").filter((part, i) => part !== "." && (part !== "" || i === 0));
  return names.map((part, i) => inputName(part, i === names.length - 1)).join("/");
}

/** Everything in a folder; of the root: everything. */
export const below = (folder: string): string =>
  folder === "" || folder === "." ? "**/*" : `${inputGlob(folder)}/**/*`;

function inputName(part: string, isLast: boolean): string {
  if (part === "**") return isLast ? "**/*" : part;
  const choice = oneChoice.exec(part);
  const plain = choice === null ? part : `${choice[1]}${choice[3]}`;
  return alike.test(plain) ? part.replaceAll(/\*+/g, "*") : "*";
}
