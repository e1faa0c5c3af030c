import { posix } from "node:path";

import type { TextFile } from "./repository.ts";

/**
 * Relative links of a Markdown file that lead nowhere.
 *
 * @param read the text of a file by its path from the root; `null`: there is no such file or folder.
 */
export function brokenLinks({ path, text }: TextFile, read: (path: string) => string | null): readonly string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, "").replace(/`[^`\n]*`/g, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link]) => {
    if (/^[a-z]+:/i.test(link!)) return [];
    const [target, anchor] = link!.split("#");
    const file = target === "" ? path : posix.normalize(posix.join(posix.dirname(path), target!));
    const found = read(file.replace(/\/$/, ""));
    if (found === null) return [`${path}: ${link} does not exist`];
    return anchor === undefined || anchorsOf(found).has(anchor) ? [] : [`${path}: ${link} has no such heading`];
  });
}

/** The anchors that GitHub gives to the headings of a Markdown text. */
function anchorsOf(text: string): ReadonlySet<string> {
  const headings = text.replace(/^```[\s\S]*?^```/gm, "").matchAll(/^#{1,6} +(.+)$/gm);
  return new Set(
    [...headings].map(([, heading]) =>
      heading!
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .trim()
        .replaceAll(" ", "-"),
    ),
  );
}

/** Names of commands that a text tells people to type, as `refit <name>` or `npx --no -- refit <name>`. */
export function commandsNamedIn(text: string): readonly string[] {
  // Every fence is matched, whatever its language: else the end of one would be taken for the start of another.
  const fence = /^ *```([a-z]*)\n([\s\S]*?)^ *```$/gm;
  const shells = ["", "sh", "bash", "console"];
  const fences = [...text.matchAll(fence)].flatMap(([, language, code]) => (shells.includes(language!) ? code! : []));
  const spans = [...text.replace(fence, "").matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!);
  const lines = [...fences.flatMap((code) => code.split("\n")), ...spans];
  return lines.flatMap((line) => /^\s*(?:\$ |npx --no -- )*refit ([a-z][a-z-]*)/.exec(line)?.[1] ?? []);
}

/**
 * Places where a text has somebody install or run refit by the name that npm knows it by. Before the first release that name
 * belongs to nobody, and so to whoever takes it.
 */
export function namesOnNpm(text: string): readonly string[] {
  const install = /\bnpm (?:i|install|add|exec)\b(?: --?[\w-]+)* (?:@refit\/[a-z]+|refit)(?=[@\s`"]|$)/g;
  const run = /\bnpx (?!--no )(?:--?[\w-]+ )*refit\b/g;
  return [...text.matchAll(install), ...text.matchAll(run)].map(([found]) => found);
}

/** Paths of one machine and hosts of one registry, which mean nothing to anyone else. */
export function leaksIn({ path, text }: TextFile): readonly string[] {
  const patterns = [
    /(?<![\w.-])\/(?:work|root)\/[\w.-]+/g,
    /https?:\/\/(?!registry\.npmjs\.org)[^\s"'<>]*registry[^\s"'<>]*/gi,
  ];
  return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([found]) => `${path}: ${found}`));
}

/** Paths of the repository in code spans that lead nowhere. Those with a placeholder, such as `<name>`, are left out. */
export function missingPaths({ path, text }: TextFile, exists: (path: string) => boolean): readonly string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, "");
  const spans = [...prose.matchAll(/`((?:packages|docs|tools)\/[\w./-]+)`/g)].map(([, span]) => span!);
  return [...new Set(spans)].flatMap((span) => (exists(span) ? [] : [`${path}: ${span}`]));
}

/**
 * Tests that a table says hold something, as `[label](file.test.ts): "name", "name"`; the label alone stands for the
 * same file further down.
 *
 * @returns file, by its link, and name.
 */
export function testsNamedIn(text: string): readonly { readonly file: string; readonly name: string }[] {
  const files = new Map<string, string>();
  for (const [, label, file] of text.matchAll(/\[([^\]]+)\]\(([^)]+\.test\.ts)\)/g)) files.set(label!, file!);
  const mention = /(?:\[([^\]]+)\]\([^)]+\.test\.ts\)|\b(\w+)): ((?:"[^"]+"(?:, )?)+)/g;
  return [...text.matchAll(mention)].flatMap(([, linked, bare, names]) => {
    const file = files.get(linked ?? bare!);
    if (file === undefined) return [];
    return [...names!.matchAll(/"([^"]+)"/g)].map(([, name]) => ({ file, name: name! }));
  });
}
