/** A folder, and so one part of a model's name: two hyphens in a row stand for a `/` in names of branches and tags. */
export const namePart = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Characters, as one word: with what refit adds it stays below the 255 bytes that file systems allow for a name. */
const longest = 120;

/**
 * Why a text cannot be the name of a model, as the end of a sentence that begins with it; `null`: it can.
 *
 * Only such names come into branches, tags, file names and messages, and each of them has one branch: `eu/churn` has
 * `refit--eu--churn`, so `eu--churn` is refused. `champion` and `canary` hold the versions of the model above them.
 */
export function nameProblem(name: string): string | null {
  const parts = name.split("/");
  if (!parts.every((part) => namePart.test(part)))
    return "must consist of lower-case letters, digits and single hyphens, with a `/` between nested folders";
  const taken = ["champion", "canary"].find((folder) => parts.indexOf(folder, 1) !== -1);
  if (taken !== undefined) return `must not have a nested folder called \`${taken}\``;
  if (parts.join("--").length > longest) return `must not be longer than ${longest} characters`;
  return null;
}
