import type { WrittenSite } from "@refit/core/answers";
import path from "node:path";
import { type SitePart, siteParts, type VersionsRead } from "@refit/site";
import type { Ports } from "../../ports/index.ts";
import { sha256 } from "../../sha256.ts";
import { encodeText } from "../../text.ts";
import { refuseInsideVersion } from "../../versions/read-whole.ts";
import { type KnownSite, readSite, type SitePorts } from "./read-site.ts";
import { readVersionDrift, readVersionFacts } from "./read-versions.ts";
import { openSiteFolder, presentFiles, refuseOthers, writeMark } from "./site-folder.ts";

type WriteSitePorts = SitePorts & Pick<Ports, "workTree">;

/** Files that are written at a time. */
const abreast = 8;

/**
 * Pages about all models. What was made before and is made of the same stays as it is.
 *
 * @param output relative to where the command was started. @throws FilesInTheWayError, UsageError
 */
export async function writeSite(ports: WriteSitePorts, output: string): Promise<WrittenSite> {
  const repository = await ports.git.locate();
  for (const notice of repository.notices) ports.out.notice(notice);
  const target = path.resolve(ports.workTree.here, output);
  await refuseInsideVersion(ports, repository, target, "--output FOLDER");
  const folder = await openSiteFolder(ports, target);
  const site = await readSite(ports, repository);
  const parts = siteParts(site).map((part) => ({ ...part, digest: sha256(JSON.stringify(part.key)) }));

  const keys = new Map(parts.flatMap(({ paths, digest }) => paths.map((file) => [file, digest] as const)));
  const present = await presentFiles(ports, target, [...keys.keys(), ...folder.keys.keys()]);
  await refuseOthers(ports, folder, [...keys.keys()], present);
  const isCurrent = (file: string) => present.has(file) && folder.keys.get(file) === keys.get(file);
  const due = parts.filter(({ paths }) => !paths.every(isCurrent));
  const gone = [...folder.keys.keys()].filter((file) => !keys.has(file));
  const done = { folder: target, models: site.models.length, files: keys.size };
  if (due.length + gone.length === 0) return { ...done, written: 0, removed: 0 };

  const read = await readVersions(ports, site, due);
  const unfinished = new Map([...keys, ...gone.map((file) => [file, ""] as const)]);
  for (const { paths } of due) for (const file of paths) unfinished.set(file, "");
  await writeMark(ports, target, unfinished);
  const written = await writeParts(ports, target, due, read);
  for (const file of gone) await ports.files.remove(path.join(target, file));
  await writeMark(ports, target, keys);
  return { ...done, written, removed: gone.length };
}

/** Of the versions that the parts show. */
async function readVersions(
  ports: WriteSitePorts,
  { models, repository }: KnownSite,
  due: readonly SitePart[],
): Promise<VersionsRead> {
  const treeIds = new Set(due.flatMap(({ needs }) => needs));
  const ofDrift = new Set(due.flatMap(({ needsDrift }) => needsDrift));
  const facts = await readVersionFacts(ports, repository, models, treeIds);
  const drift = await readVersionDrift(ports, repository, models, ofDrift);
  return { facts: (treeId) => facts.get(treeId)!, drift: (treeId) => drift.get(treeId)! };
}

async function writeParts(
  { files }: Pick<Ports, "files">,
  folder: string,
  parts: readonly SitePart[],
  read: VersionsRead,
): Promise<number> {
  let written = 0;
  for (let start = 0; start < parts.length; start += abreast) {
    const texts = parts.slice(start, start + abreast).flatMap(({ paths, make }) => {
      const made = make(read);
      return paths.map((file, i) => [file, made[i]!] as const);
    });
    await Promise.all(
      texts.map(([file, text]) => files.write(path.join(folder, file), encodeText(text), { lasting: false })),
    );
    written += texts.length;
  }
  return written;
}
