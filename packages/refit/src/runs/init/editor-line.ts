import path from "node:path";
import { schemaAddress } from "@refit/core/answers";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import { version } from "../../version.ts";

/** Files that people write, by the name of their schema. */
type WrittenFile = "model" | "data-manifest" | "refit";

/** Of the package, as the build puts it there; a test holds it equal to `files` of package.json. */
const shipped = "node_modules/refit/dist/schemas";

/**
 * The first line of a file that people write, by which editors find its schema: that of the refit which this repository installs, so
 * that both always agree and no network is needed; else the one of this version in refit's own repository.
 *
 * @returns for a file, from the root of the repository.
 */
export async function editorLines(
  { files }: Pick<Ports, "files">,
  { root }: Pick<Repository, "root">,
): Promise<(file: string, schema: WrittenFile) => string> {
  const isInstalled = (await files.read(path.join(root, shipped, "model.schema.json"))) !== null;
  return (file, schema) => {
    const here = path.posix.join(path.posix.relative(path.posix.dirname(file), "."), shipped, `${schema}.schema.json`);
    return `# yaml-language-server: $schema=${isInstalled ? here : schemaAddress(schema, `v${version}`)}\n`;
  };
}
