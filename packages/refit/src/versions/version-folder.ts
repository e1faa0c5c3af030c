import type { ArtifactFiles } from "@refit/core/runtime";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { decodeText } from "../text.ts";

type ReadArtifactPorts = Pick<Ports, "git" | "largeFiles">;

/** The text of one file of a version; `null` where it has none. */
export async function readChampionFile(
  ports: Pick<Ports, "git">,
  version: { readonly treeId: string },
  file: string,
): Promise<string | null> {
  const [bytes] = await ports.git.read([`${version.treeId}:${file}`]);
  return bytes === null || bytes === undefined ? null : decodeText(bytes);
}

/** The files below `artifact/`, by their path in it. @throws LfsMissingError, LfsObjectMissingError */
export async function readArtifact(
  ports: ReadArtifactPorts,
  repository: Repository,
  version: { readonly treeId: string },
): Promise<ArtifactFiles> {
  const files = await readFiles(ports, repository, version, "artifact");
  return new Map([...files].map(([file, bytes]) => [file.slice("artifact/".length), bytes]));
}

/** The files of a version, or of a folder of it, by their path in the version, those kept in Git LFS included. */
export async function readFiles(
  ports: ReadArtifactPorts,
  repository: Repository,
  version: { readonly treeId: string },
  folder?: string,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const entries = await ports.git.list(version.treeId, folder);
  const contents = await ports.git.read(entries.map((entry) => entry.id));
  const below = folder === undefined ? "" : `${folder}/`;
  const stored = new Map(entries.map(({ path }, i) => [`${below}${path}`, contents[i] ?? new Uint8Array()]));
  return ports.largeFiles.resolve(repository, stored);
}
