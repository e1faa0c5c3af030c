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
    const entries = await readdir(folder);
    const file = entries.find((entry) => /^licen[cs]e/i.test(entry));
    const readme = entries.find((entry) => /^readme\.md$/i.test(entry));
    const text = file === undefined ? lastSection(await read(folder, readme)) : await read(folder, file);
    if (text === "") throw new Error(`${name} in ${folder.slice(root.length)} has no licence text`);
    return { name: `${name} ${version}`, license, text };
  }
}

const read = async (folder, file) =>
  file === undefined ? "" : (await readFile(join(folder, file), "utf8")).replaceAll("\r\n", "\n").trim();

/** Some packages have their licence at the end of their readme only. */
function lastSection(readme) {
  return /^#+ *licen[cs]e\s+((?:(?!^#)[^])*Copyright[^]*)$/im.exec(readme)?.[1].trim() ?? "";
}
