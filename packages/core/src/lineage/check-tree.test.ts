import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TreeFile } from "../history/version.ts";
import { checkTree, claimBook } from "./check-tree.ts";
import { type Claims, type ContentFacts, readClaims } from "./claims.ts";
import { lfsPointer } from "./lfs-pointer.ts";

/** Content by path; a file's content is its blob id and, with a prefix, its digest. */
type Folder = Readonly<Record<string, string>>;

const factsOf = (content: string): ContentFacts => ({ sha256: `sha256 of ${content}`, bytes: content.length });
const hashed = (file: TreeFile) => factsOf(file.id);

function treeOf(folder: Folder, modes: Folder = Object.create(null)): TreeFile[] {
  return Object.entries({ ...folder, "lineage.json": "any" }).map(([path, id]) => ({
    path,
    id,
    mode: modes[path] ?? "100644",
  }));
}

function claimsOf(folder: Folder): Claims {
  const files = new Map(Object.entries(folder).map(([path, content]) => [path, factsOf(content)]));
  return {
    parent: null,
    inputDigest: "input",
    learnedUntil: null,
    isDeclared: false,
    judgedOn: null,
    isTrainedOn: false,
    files,
  };
}

const folder = { "artifact/model.json": "model", "metrics.json": "metrics" };

describe("checkTree", () => {
  it.each<[why: string, tree: TreeFile[], problem: string | null]>([
    ["as claimed", treeOf(folder), null],
    ["missing", treeOf({ "metrics.json": "metrics" }), '"artifact/model.json" is listed in lineage.json, but missing.'],
    ["extra", treeOf({ ...folder, "notes.txt": "hm" }), '"notes.txt" is not listed in lineage.json.'],
    [
      "named like an inherited property",
      treeOf({ ...folder, constructor: "x" }),
      '"constructor" is not listed in lineage.json.',
    ],
    [
      "different",
      treeOf({ ...folder, "metrics.json": "another" }),
      '"metrics.json" does not match lineage.json: its sha256 starts with sha256 of an, expected sha256 of me.',
    ],
    [
      "of another size",
      treeOf({ ...folder, "metrics.json": "edited" }),
      '"metrics.json" does not match lineage.json: it has 6 bytes, expected 7.',
    ],
    [
      "executable",
      treeOf(folder, { "metrics.json": "100755" }),
      '"metrics.json" is an executable file; a version may contain regular files only.',
    ],
    [
      "symlink",
      treeOf(folder, { "metrics.json": "120000" }),
      '"metrics.json" is a symbolic link; a version may contain regular files only.',
    ],
    [
      "submodule",
      treeOf(folder, { "metrics.json": "160000" }),
      '"metrics.json" is a submodule; a version may contain regular files only.',
    ],
    [
      "the lineage itself is a symlink",
      treeOf(folder, { "lineage.json": "120000" }),
      '"lineage.json" is a symbolic link; a version may contain regular files only.',
    ],
  ])("%s", (_why, tree, problem) => {
    expect(checkTree(tree, claimsOf(folder), hashed)).toBe(problem);
  });

  it("compares the length as well", () => {
    const content = () => ({ ...factsOf("metrics"), bytes: 1 });

    expect(
      checkTree(treeOf({ "metrics.json": "metrics" }), claimsOf({ "metrics.json": "metrics" }), content),
    ).not.toBeNull();
  });

  it("does not judge content that is not known", () => {
    expect(checkTree(treeOf({ ...folder, "metrics.json": "edited" }), claimsOf(folder), () => null)).toBeNull();
  });
});

describe("claimBook", () => {
  const versions: Folder[] = [
    { "model.json": "model 1", "metrics.json": "metrics 1", "features.json": "same" },
    { "model.json": "model 2", "metrics.json": "metrics 2", "features.json": "same" },
  ];

  function bookOf(folders: readonly Folder[]) {
    const book = claimBook();
    for (const version of folders) book.vouch(treeOf(version), claimsOf(version));
    return book;
  }

  it("finds every mixture of two versions, and nothing wrong with either", () => {
    const book = bookOf(versions);
    const paths = ["model.json", "metrics.json", "features.json"];

    fc.assert(
      fc.property(fc.tuple(fc.nat(1), fc.nat(1), fc.nat(1)), fc.nat(1), (picks, lineageOf) => {
        const mixed = Object.fromEntries(paths.map((path, i) => [path, versions[picks[i]!]![path]!]));
        const claimed = claimsOf(versions[lineageOf]!);

        expect(checkTree(treeOf(mixed), claimed, book.contentOf) === null).toBe(
          checkTree(treeOf(mixed), claimed, hashed) === null,
        );
      }),
    );
  });

  it("is unsure of unknown content under a known digest, such as an edit by hand", () => {
    const book = bookOf(versions);
    const edited = treeOf({ ...versions[1], "model.json": "edited" });

    expect(book.unsure(edited, claimsOf(versions[1]!)).map((file) => file.path)).toEqual(["model.json"]);
    expect(book.unsure(treeOf(versions[0]!), claimsOf(versions[0]!))).toEqual([]);
  });

  it("keeps the first word on a content", () => {
    const book = bookOf([{ "model.json": "model" }]);
    const later = { ...claimsOf({}), files: new Map([["model.json", factsOf("other")]]) };

    book.vouch(treeOf({ "model.json": "model" }), later);

    expect(book.contentOf({ path: "model.json", id: "model", mode: "100644" })).toEqual(factsOf("model"));
  });

  it("is not unsure of a version with new content", () => {
    const third = { ...versions[1]!, "model.json": "model 3" };

    expect(bookOf(versions).unsure(treeOf(third), claimsOf(third))).toEqual([]);
  });
});

describe("readClaims", () => {
  const valid = { format: 1, parent: null, inputDigest: "i", files: { "a.json": { sha256: "s", bytes: 1 } } };

  it("reads parent, input digest and files", () => {
    const { claims } = readClaims(JSON.stringify({ ...valid, parent: "p", other: "ignored" }));

    expect(claims).toEqual({
      parent: "p",
      inputDigest: "i",
      learnedUntil: null,
      isDeclared: false,
      judgedOn: null,
      isTrainedOn: false,
      files: new Map([["a.json", { sha256: "s", bytes: 1 }]]),
    });
  });

  it("reads what it was judged on, as far as that is as refit writes it", () => {
    const judged = (holdout: unknown, judgedArtifact?: unknown) => {
      const { judgedOn, isTrainedOn } = readClaims(JSON.stringify({ ...valid, holdout, judgedArtifact })).claims!;
      return [judgedOn, isTrainedOn];
    };
    const from = "2026-04-01T00:00:00.000Z";

    expect(judged({ rows: 412, from, to: "soon" }, "digest")).toEqual([{ rows: 412, from, to: null }, true]);
    expect(judged({ rows: "412", from }, null)).toEqual([null, false]);
    expect(judged(null)).toEqual([null, false]);
  });

  it.each<[problem: string, text: string | null]>([
    ["lineage.json is missing.", null],
    ["lineage.json is not JSON.", "<<<<<<< HEAD\n"],
    ["lineage.json is not an object.", "[]"],
    ["lineage.json has no valid `format`.", JSON.stringify({ ...valid, format: "2" })],
    ["lineage.json has no valid `format`.", JSON.stringify({ ...valid, format: 0 })],
    ["lineage.json has no valid `format`.", JSON.stringify({ ...valid, format: 1.5 })],
    ["lineage.json has no valid `format`.", "{}"],
    ["lineage.json has no valid `parent`.", JSON.stringify({ ...valid, parent: 1 })],
    ["lineage.json has no valid `inputDigest`.", JSON.stringify({ ...valid, inputDigest: null })],
    ["lineage.json has no valid `files`.", JSON.stringify({ ...valid, files: [] })],
    ['lineage.json has no valid digest of "a.json".', JSON.stringify({ ...valid, files: { "a.json": "s" } })],
    [
      'lineage.json has no valid digest of "a.json".',
      JSON.stringify({ ...valid, files: { "a.json": { sha256: "s" } } }),
    ],
  ])("%s", (problem, text) => {
    expect(readClaims(text)).toEqual({ claims: null, problem, newerFormat: null });
  });

  it("says which newer format it is, whatever else is in it", () => {
    const text = JSON.stringify({ format: 2, files: "elsewhere" });

    expect(readClaims(text)).toEqual({ claims: null, problem: null, newerFormat: 2 });
  });
});

describe("lfsPointer", () => {
  const sha256 = "4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393";
  const text = `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256}\nsize 12345\n`;

  it("reads digest and size", () => {
    expect(lfsPointer(text)).toEqual({ sha256, bytes: 12345 });
  });

  it.each([
    ["content", "{}"],
    ["a pointer without a size", text.replace(/size.*\n/, "")],
    ["later in a file", `# ${text}`],
    ["a longer digest", text.replace(sha256, `${sha256}0`)],
    ["another key that ends like one of its own", text.replace("size", "full-size")],
  ])("not %s", (_why, other) => {
    expect(lfsPointer(other)).toBeNull();
  });
});
