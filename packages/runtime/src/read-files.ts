/** Brings a file of a version. A missing one: nothing, or an error. */
export type VersionReader = (path: string) => FileContent | Promise<FileContent>;
type FileContent = Uint8Array | null | undefined;

/** Files in memory, by their path in the version, such as `artifact/model.json`. */
export function fromMap(files: ReadonlyMap<string, Uint8Array>): VersionReader {
  return (path) => files.get(path);
}

/** What is used of `fetch`, so that another one can be given. */
export type Fetch = (address: string) => Promise<{
  readonly ok: boolean;
  readonly status: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}>;

declare const fetch: Fetch;

/**
 * Files below an address, such as `https://example.org/models/churn/champion`.
 *
 * @param get asks for a file, with other headers for instance; left out: `fetch`.
 * @returns a reader that throws where the answer is neither a file nor 404.
 */
export function fromUrl(folder: string | { readonly href: string }, get: Fetch = fetch): VersionReader {
  const base = (typeof folder === "string" ? folder : folder.href).replace(/\/*$/, "/");
  return async (path) => {
    const address = base + path.split("/").map(encodeURIComponent).join("/");
    const answer = await get(address);
    if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
    if (answer.status === 404) return null;
    throw new Error(`${address} answered with status ${answer.status}.`);
  };
}
