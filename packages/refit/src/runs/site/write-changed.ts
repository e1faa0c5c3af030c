import type { WrittenSite } from "@refit/core/answers";
import path from "node:path";
import { type SitePart, siteParts, type VersionsRead } from "@refit/site";
import type { Ports } from "../../ports/index.ts";
import { sha256 } from "../../sha256.ts";
import { encodeText } from "../../text.ts";
import type { FoundSite, SitePorts } from "./find-site.ts";
import { readSite } from "./read-site.ts";
import { readVersionDrift, readVersionFacts } from "./read-versions.ts";
import { presentFiles, refuseOthers, type SiteFolder, writeMark } from "./site-folder.ts";

/** Parts that are made and written at a time. */
const BATCH = 8;

/** Writes the files of a site that are missing or would be different, and removes those that are no longer part of it. */
export async function writeChanged(
  ports: SitePorts,
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

/** Reads the versions that the parts show. */
async function readVersions(
  ports: SitePorts,
  { models, repository }: FoundSite,
  due: readonly SitePart[],
): Promise<VersionsRead> {
  const treeIds = new Set(due.flatMap(({ needs }) => needs));
  const ofDrift = new Set(due.flatMap(({ needsDrift }) => needsDrift));
  const facts = await readVersionFacts(ports, models, treeIds);
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
  for (let start = 0; start < parts.length; start += BATCH) {
    const texts = parts.slice(start, start + BATCH).flatMap(({ paths, make }) => {
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
