import type { TreeFile } from "../history/version.ts";
import type { Claims, ContentFacts } from "./claims.ts";

const lineageFileName = "lineage.json";

const kinds: Readonly<Record<string, string>> = {
  "100755": "an executable file",
  "120000": "a symbolic link",
  "160000": "a submodule",
};

/**
 * Compares a version folder with its own `lineage.json`.
 *
 * How deep it looks depends on what `contentOf` knows: digests of all files for the version in use; in a long history
 * those of the contents that earlier versions have vouched for (`claimBook`), which finds every mixture of versions
 * without opening a file.
 *
 * @param contentOf `null`: not known, not compared.
 * @returns `null`: as claimed; else the first thing that is wrong, as one sentence.
 */
export function checkTree(
  files: readonly TreeFile[],
  claims: Claims,
  contentOf: (file: TreeFile) => ContentFacts | null,
): string | null {
  const present = new Set<string>();
  for (const file of files) {
    const name = JSON.stringify(file.path);
    if (file.mode !== "100644") {
      return `${name} is ${kinds[file.mode] ?? `of mode ${file.mode}`}; a version may contain regular files only.`;
    }
    present.add(file.path);
    if (file.path === lineageFileName) continue;

    const claimed = claims.files.get(file.path);
    if (claimed === undefined) return `${name} is not listed in lineage.json.`;
    const content = contentOf(file);
    if (content !== null && !sameContent(content, claimed)) {
      return `${name} does not match lineage.json: ${difference(content, claimed)}.`;
    }
  }
  for (const path of claims.files.keys()) {
    if (!present.has(path)) return `${JSON.stringify(path)} is listed in lineage.json, but missing.`;
  }
  return null;
}

export type ClaimBook = ReturnType<typeof claimBook>;

/**
 * Remembers what blob ids hold, on the word of versions found valid, oldest first.
 *
 * Digests claimed for one blob id must never differ. A digest that was vouched for under another blob id is not
 * wrong for certain (a file may have moved into Git LFS): `unsure` names such files, to be read.
 *
 * @param earlier what another book held, to go on from there.
 */
export function claimBook(earlier: Iterable<readonly [id: string, facts: ContentFacts]> = []) {
  const contents = new Map(earlier);
  const vouched = new Set([...contents.values()].map(({ sha256 }) => sha256));

  return {
    contentOf: (file: TreeFile): ContentFacts | null => contents.get(file.id) ?? null,

    unsure: (files: readonly TreeFile[], claims: Claims): readonly TreeFile[] =>
      files.filter((file) => !contents.has(file.id) && vouched.has(claims.files.get(file.path)?.sha256 ?? "")),

    vouch(files: readonly TreeFile[], claims: Claims): void {
      for (const file of files) {
        const claimed = claims.files.get(file.path);
        if (claimed === undefined || contents.has(file.id)) continue;
        contents.set(file.id, claimed);
        vouched.add(claimed.sha256);
      }
    },

    claims: () => [...contents],
  };
}

function sameContent(a: ContentFacts, b: ContentFacts): boolean {
  return a.sha256 === b.sha256 && a.bytes === b.bytes;
}

/** The size tells more than a digest, and is the whole difference where only the size was claimed wrongly. */
function difference(content: ContentFacts, claimed: ContentFacts): string {
  if (content.bytes !== claimed.bytes) return `it has ${content.bytes} bytes, expected ${claimed.bytes}`;
  return `its sha256 starts with ${content.sha256.slice(0, 12)}, expected ${claimed.sha256.slice(0, 12)}`;
}
