import type { ArtifactFiles } from "@refit/core";
import type { Ports } from "../ports.ts";

/** The text of one file of a version; `null` where it has none. */
export async function readChampionFile(
  ports: Ports,
  version: { readonly treeId: string },
  file: string,
): Promise<string | null> {
  const [bytes] = await ports.git.read([`${version.treeId}:${file}`]);
  return bytes === null || bytes === undefined ? null : new TextDecoder().decode(bytes);
}

/** The files below `artifact/`, by their path in it. */
export async function readArtifact(ports: Ports, version: { readonly treeId: string }): Promise<ArtifactFiles> {
  const entries = await ports.git.list(version.treeId, "artifact");
  const contents = await ports.git.read(entries.map((entry) => entry.id));
  return new Map(entries.map((entry, i) => [entry.path, contents[i] ?? new Uint8Array()]));
}
