/**
 * A glob as a regular expression over whole `/`-separated paths.
 *
 * `*` and `?` stay inside a folder and, like a shell's, do not match a leading dot; `**` crosses folders; `[a-z]` and
 * `{a,b}` as in a shell. Everything else stands for itself.
 */
export function globPattern(glob: string): RegExp {
  let pattern = "";
  let depth = 0;
  for (let i = 0; i < glob.length; i++) {
    const letter = glob[i]!;
    const segmentStart = i === 0 || glob[i - 1] === "/";
    const set = letter === "[" ? /^\[!?[^\]/]+\]/.exec(glob.slice(i))?.[0] : undefined;
    if (segmentStart && /^\*\*(?:\/|$)/.test(glob.slice(i))) {
      const last = i + 2 >= glob.length;
      pattern += last ? "(?:(?!\\.)[^/]+/)*(?!\\.)[^/]+" : "(?:(?!\\.)[^/]+/)*";
      i += last ? 1 : 2;
    } else if (letter === "*") {
      pattern += `${segmentStart ? "(?!\\.)" : ""}[^/]*`;
      while (glob[i + 1] === "*") i++;
    } else if (letter === "?") {
      pattern += `${segmentStart ? "(?!\\.)" : ""}[^/]`;
    } else if (set !== undefined) {
      pattern += `[${set.slice(1, -1).replace(/^!/, "^").replaceAll("\\", "\\\\")}]`;
      i += set.length - 1;
    } else if (letter === "{" && glob.includes("}", i)) {
      depth++;
      pattern += "(?:";
    } else if (letter === "}" && depth > 0) {
      depth--;
      pattern += ")";
    } else if (letter === "," && depth > 0) {
      pattern += "|";
    } else {
      pattern += letter.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
    }
  }
  return new RegExp(`^${pattern}$`, "su");
}

/** The folder that all matches of a glob lie in, or the whole path of a glob without wildcards; "" for the root. */
export function globRoot(glob: string): string {
  const segments = glob.split("/");
  const wild = segments.findIndex((segment) => /[*?[\]{}]/.test(segment));
  return (wild < 0 ? segments : segments.slice(0, wild)).join("/");
}
