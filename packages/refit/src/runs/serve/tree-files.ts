import type { Ports } from "../../ports/index.ts";

/** Reads files of a tree as git has them; `null`: it has none of that path. */
export function filesOfTree({ git }: Pick<Ports, "git">, treeId: string): (path: string) => Promise<Uint8Array | null> {
  let blobs: Promise<ReadonlyMap<string, string>> | null = null;
  const listed = async () => {
    try {
      return new Map((await git.list(treeId)).map(({ path, id }) => [path, id]));
    } catch (error) {
      // What failed is tried again.
      blobs = null;
      throw error;
    }
  };
  return async (path) => {
    blobs ??= listed();
    const id = (await blobs).get(path);
    return id === undefined ? null : (await git.read([id]))[0]!;
  };
}
