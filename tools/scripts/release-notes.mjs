/**
 * What CHANGELOG.md says about one version, without its heading.
 *
 * @throws when it says nothing, or has no date: a release has one entry.
 */
export function releaseNotes(changelog, version) {
  const [, ...entries] = changelog.split(/^## /m);
  const entry = entries.find((each) => each.startsWith(`[${version}]`));
  if (entry === undefined) throw new Error(`CHANGELOG.md has no entry "## [${version}] - YYYY-MM-DD".`);
  const [heading, ...lines] = entry.split("\n");
  if (!/^\[[^\]]+\] - \d{4}-\d{2}-\d{2}$/.test(heading)) {
    throw new Error(`The heading "## ${heading}" in CHANGELOG.md needs its date: "## [${version}] - YYYY-MM-DD".`);
  }
  const notes = lines.join("\n").trim();
  if (notes === "") throw new Error(`The entry of ${version} in CHANGELOG.md is empty.`);
  return `${notes}\n`;
}
