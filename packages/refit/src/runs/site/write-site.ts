import type { WrittenSite } from "@refit/core/answers";
import path from "node:path";
import { type SitePart, siteParts, type VersionsRead } from "@refit/site";
import type { Ports } from "../../ports/index.ts";
import { sha256 } from "../../sha256.ts";
import { encodeText } from "../../text.ts";
import { refuseInsideVersion } from "../../versions/read-whole.ts";
import { findSite, type FoundSite, readSite, type SitePorts } from "./read-site.ts";
import { readVersionDrift, readVersionFacts } from "./read-versions.ts";
import { openSiteFolder, presentFiles, refuseOthers, type SiteFolder, writeMark } from "./site-folder.ts";

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
  const found = await findSite(ports, repository);
  const done = { folder: target, models: found.models.length };
  if (folder.site === found.digest && (await isWhole(ports, folder))) {
    return { ...done, files: folder.keys.size, written: 0, removed: 0 };
  }
  return { ...done, ...(await writeChanged(ports, folder, found)) };
}

/** Whether all files of a site are there, and none through a link. */
async function isWhole(ports: WriteSitePorts, folder: SiteFolder): Promise<boolean> {
  const paths = [...folder.keys.keys()];
  const present = await presentFiles(ports, folder.path, paths);
  await refuseOthers(ports, folder, paths, present);
  return paths.every((file) => present.has(file));
}

async function writeChanged(
  ports: WriteSitePorts,
  folder: SiteFolder,
  found: FoundSite,
): Promise<Pick<WrittenSite, "files" | "written" | "removed">> {
  const target = folder.path;
  const parts = siteParts(await readSite(ports, found)).map((part) => ({
    ...part,
    digest: sha256(JSON.stringify(part.key)),
  }));
  const keys = new Map(parts.flatMap(({ paths, digest }) => paths.map((file) => [file, digest] as const)));
  const present = await presentFiles(ports, target, [...keys.keys(), ...folder.keys.keys()]);
  await refuseOthers(ports, folder, [...keys.keys()], present);
  const isCurrent = (file: string) => present.has(file) && folder.keys.get(file) === keys.get(file);
  const due = parts.filter(({ paths }) => !paths.every(isCurrent));
  const gone = [...folder.keys.keys()].filter((file) => !keys.has(file));
  let written = 0;
  if (due.length + gone.length > 0) {
    const read = await readVersions(ports, found, due);
    const unfinished = new Map([...keys, ...gone.map((file) => [file, ""] as const)]);
    for (const { paths } of due) for (const file of paths) unfinished.set(file, "");
    await writeMark(ports, { path: target, keys: unfinished, site: "" });
    written = await writeParts(ports, target, due, read);
    for (const file of gone) await ports.files.remove(path.join(target, file));
  }
  await writeMark(ports, { path: target, keys, site: found.digest });
  return { files: keys.size, written, removed: gone.length };
}

/** Of the versions that the parts show. */
async function readVersions(
  ports: WriteSitePorts,
  { models, repository }: FoundSite,
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
