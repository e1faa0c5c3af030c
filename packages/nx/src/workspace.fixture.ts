import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { temporaryFolder } from "@refit/testkit/folders";

/** A folder with files, by their paths; it goes when the running test ends. */
export async function workspaceWith(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

/** The specs among them, as Nx would list them. */
export const specsOf = (files: Readonly<Record<string, string>>): string[] =>
  Object.keys(files).filter((path) => path.endsWith("/model.yaml"));
