import type { WrittenSite } from "@refit/core/answers";
import path from "node:path";
import { refuseInsideVersion } from "../../versions/read-whole.ts";
import { findSite, type SitePorts } from "./find-site.ts";
import { openSiteFolder, presentFiles, refuseOthers, type SiteFolder } from "./site-folder.ts";

/**
 * Writes the pages of all models. Files whose content would not change are not written again.
 *
 * @param output folder, relative to the current one. @throws FilesInTheWayError, UsageError
 */
export async function writeSite(ports: SitePorts, output: string): Promise<WrittenSite> {
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
  // Loaded only now: it brings all pages and the schema library.
  const { writeChanged } = await import("./write-changed.ts");
  return { ...done, ...(await writeChanged(ports, folder, found)) };
}

/** Whether no file of the site is missing. @throws FilesInTheWayError if a folder of it is a symbolic link */
async function isWhole(ports: SitePorts, folder: SiteFolder): Promise<boolean> {
  const paths = [...folder.keys.keys()];
  const present = await presentFiles(ports, folder.path, paths);
  await refuseOthers(ports, folder, paths, present);
  return paths.every((file) => present.has(file));
}
