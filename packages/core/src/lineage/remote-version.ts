/**
 * What the place of a remote file calls its bytes. One of these says that they are the same as before: `etag`,
 * `lastModified`, `md5`, `oid`, `rowHash` for rows of a database, or `sha256` where the place says nothing. `versionId` asks
 * for exactly these bytes when the place has newer ones by then.
 */
export type RemoteVersion = Readonly<Record<string, string>>;

interface RemotelyKept {
  readonly path: string;
  readonly bytes: number;
  readonly version: RemoteVersion;
}

/** Two files with one key have the same bytes, as far as a listing tells. */
export function remoteKey({ path, bytes, version }: RemotelyKept): string {
  const { versionId: _, ...told } = version;
  const words = Object.entries(told).sort(([a], [b]) => (a < b ? -1 : 1));
  // What is named by its content has the size that it has; a list of DVC does not even say it.
  const byContent = ["md5", "oid", "rowHash", "sha256"].some((name) => Object.hasOwn(version, name));
  return JSON.stringify([path, byContent ? null : bytes, words]);
}
