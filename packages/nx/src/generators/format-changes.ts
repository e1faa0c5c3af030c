import type { Tree } from "nx/src/devkit-exports.js";

/** As Nx's own generators do, where `@nx/devkit` is installed: with the workspace's prettier. What refit writes is laid out without it, too. */
export async function formatChanges(tree: Tree): Promise<void> {
  const devkit = "@nx/devkit"; // Not a dependency: a workspace of Nx alone has none.
  let format: (tree: Tree) => Promise<void>;
  try {
    ({ formatFiles: format } = (await import(devkit)) as { formatFiles: (tree: Tree) => Promise<void> });
  } catch {
    return;
  }
  await format(tree);
}
