import { quoted } from "../spec/plain-text.ts";
import { distributionDistance } from "./distribution-distance.ts";
import { finding } from "./finding-codes.ts";
import type { Finding } from "./finding.ts";
import type { Profile } from "./profile.ts";

/** A column that moved so far … */
const farDistance = 0.5;
/** … while none of the others moved more than this. */
const calmDistance = 0.1;
const leastOthers = 3;

/**
 * One column of a new file that is another thing altogether while all others are as they were, in a file that is made another
 * way: other columns, another format or another folder. A changed world moves more than one column; a changed export does not.
 *
 * @param known paths of the files that the champion was built from.
 * @param told columns that another finding explains.
 */
export function loneJump(
  file: string,
  known: readonly string[],
  reference: Profile,
  current: Profile,
  told: ReadonlySet<string | null>,
): Finding[] {
  const change = changeOfForm(file, known, reference, current);
  if (change === null) return [];
  const before = new Map(reference.columns.map((column) => [column.name, column]));
  const distances = current.columns.flatMap((now) => {
    const was = before.get(now.name);
    const distance = was === undefined ? null : distributionDistance(was, now);
    return distance === null ? [] : [{ name: now.name, distance, chance: chanceOf(was!.rows, now.rows) }];
  });
  const far = distances.filter(({ distance }) => distance >= farDistance);
  const calm = distances.filter(({ distance, chance }) => distance <= Math.max(calmDistance, chance));
  const [jump] = far;
  if (far.length !== 1 || calm.length < leastOthers || calm.length + 1 < distances.length) return [];
  if (told.has(jump!.name)) return [];
  const message = `Column ${quoted(jump!.name)} of ${quoted(file)} is unlike what it was while all others are as before, and ${change}.`;
  return [finding("lone-jump", { file, column: jump!.name }, message)];
}

/** How the file is made another way, as a clause; `null`: it is not, as far as can be seen. */
function changeOfForm(file: string, known: readonly string[], reference: Profile, current: Profile): string | null {
  const columns = new Set(reference.columns.map(({ name }) => name));
  const same = current.columns.length === columns.size && current.columns.every(({ name }) => columns.has(name));
  if (!same) return "the file has other columns than the champion's data";
  if (known.length === 0) return null;
  if (known.every((path) => formatOf(path) !== formatOf(file))) return "the file has another format";
  return known.every((path) => folderOf(path) !== folderOf(file)) ? "the file lies in another folder" : null;
}

const formatOf = (path: string) => path.replace(/^.*?(?=(?:\.[^./]*){1,2}$)/, "").replace(/\.gz$/, "");
const folderOf = (path: string) => path.slice(0, path.lastIndexOf("/") + 1);

/** How far samples of one distribution are apart by chance, once in a hundred (Kolmogorov and Smirnov). */
function chanceOf(n: number, m: number): number {
  return 1.63 * Math.sqrt(1 / n + 1 / m);
}
