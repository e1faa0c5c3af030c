import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Texts of the licences of all installed packages that went into a bundle.
 *
 * @param modules absolute paths of the bundled modules.
 * @throws when a package has no licence text: then it must not be bundled.
 */
export async function licences(modules, root) {
  const installed = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/;
  const folders = new Set(modules.flatMap((file) => installed.exec(file.replace(/^\0|\?.*$/g, ""))?.[1] ?? []));
  const texts = await Promise.all([...folders].map((folder) => licenceOf(folder)));
  const seen = [...new Map(texts.map((text) => [text.name, text])).values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const parts = seen.map(({ name, license, text }) => `${name} (${license})\n\n${text}\n`);
  return `The files in this folder contain the packages below, besides refit's own code.\n\n${parts.join(`\n${"-".repeat(80)}\n\n`)}`;

  async function licenceOf(folder) {
    const { name, version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} in ${folder.slice(root.length)} has no licence text`);
    const text = (await readFile(join(folder, file), "utf8")).replaceAll("\r\n", "\n").trim();
    return { name: `${name} ${version}`, license, text };
  }
}
