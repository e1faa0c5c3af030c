import { quoted } from "../errors/name-words.ts";
import { distributionDistance } from "./distribution-distance.ts";
import { finding } from "./finding-codes.ts";
import type { Finding } from "./finding.ts";
import type { Profile, ProfiledFile } from "./profile.ts";

/** A column that moved so far … */
const farDistance = 0.5;
/** … while none of the others moved more than this. */
const calmDistance = 0.1;
const leastOthers = 3;

/**
 * One column of a new file that is completely different while all others are as before, in a file whose form changed too:
 * other columns, another format or another folder. A changed world moves more than one column; a changed export does not.
 *
 * @param known paths of the files that the champion was built from.
 * @param told columns that another finding explains.
 */
export function loneJump(
  file: ProfiledFile,
  known: readonly string[],
  reference: Profile,
  told: ReadonlySet<string | null>,
): Finding[] {
  const change = changeOfForm(file, known, reference);
  if (change === null) return [];
  const before = new Map(reference.columns.map((column) => [column.name, column]));
  const distances = file.profile.columns.flatMap((now) => {
    const was = before.get(now.name);
    const distance = was === undefined ? null : distributionDistance(was, now);
    return distance === null ? [] : [{ name: now.name, distance, chance: chanceOf(was!.rows, now.rows) }];
  });
  const far = distances.filter(({ distance }) => distance >= farDistance);
  const calm = distances.filter(({ distance, chance }) => distance <= Math.max(calmDistance, chance));
  const [jump] = far;
  if (far.length !== 1 || calm.length < leastOthers || calm.length + 1 < distances.length) return [];
  if (told.has(jump!.name)) return [];
  const message = `Column ${quoted(jump!.name)} of ${quoted(file.path)} changed a lot while all other columns are as before, and ${change}.`;
  return [finding("lone-jump", { file: file.path, column: jump!.name }, message)];
}

/** How the form of the file differs from the known ones, as a clause; `null`: it does not, as far as can be seen. */
function changeOfForm({ path, profile }: ProfiledFile, known: readonly string[], reference: Profile): string | null {
  const columns = new Set(reference.columns.map(({ name }) => name));
  const same = profile.columns.length === columns.size && profile.columns.every(({ name }) => columns.has(name));
  if (!same) return "the file has other columns than the champion's data";
  if (known.length === 0) return null;
  if (known.every((before) => formatOf(before) !== formatOf(path))) return "the file has another format";
  return known.every((before) => folderOf(before) !== folderOf(path)) ? "the file lies in another folder" : null;
}

const formatOf = (path: string) => path.replace(/^.*?(?=(?:\.[^./]*){1,2}$)/, "").replace(/\.gz$/, "");
const folderOf = (path: string) => path.slice(0, path.lastIndexOf("/") + 1);

/** The distance that two samples of one distribution exceed by chance once in a hundred (Kolmogorov and Smirnov). */
function chanceOf(n: number, m: number): number {
  return 1.63 * Math.sqrt(1 / n + 1 / m);
}
