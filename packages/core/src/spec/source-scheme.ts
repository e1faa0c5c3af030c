/** What kind of place the path of a source names: `https` for any web server, `dvc` for a pointer of DVC; empty: files of the repository. */
export function schemeOf(path: string): string {
  if (path.toLowerCase().endsWith(".dvc")) return "dvc";
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(path)?.[1]?.toLowerCase() ?? "";
  return scheme === "http" ? "https" : scheme;
}
