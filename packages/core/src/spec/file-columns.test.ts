import { describe, expect, it } from "vitest";
import { checkDataManifest } from "./check-data-manifest.ts";
import { contentName, filePlace } from "./file-columns.ts";

describe("filePlace", () => {
  it.each<[text: string, folder: string, place: string]>([
    ["pictures/1.png", "data", "data/pictures/1.png"],
    ["1.png", ".", "1.png"],
    ["1.png", "", "1.png"],
    ["../media/./a b.png", "data/labels", "data/media/a b.png"],
    ["a//b.txt", "data", "data/a/b.txt"],
  ])("%j in %j is %j", (text, folder, place) => {
    expect(filePlace(text, folder)).toEqual({ path: place });
  });

  it.each<[text: string, problem: string]>([
    ["../../etc/passwd", "leaves the repository"],
    ["/etc/passwd", "is absolute"],
    ["\\\\server\\share", "is absolute"],
    ["~/x.png", "is absolute"],
    ["C:\\x.png", "is absolute"],
    ["pictures\\1.png", "contains a backslash; write / between folders"],
    ["https://example.org/1.png", "is an address; files of a column must lie in the repository"],
    ["s3://bucket/1.png", "is an address; files of a column must lie in the repository"],
    ["../.git/config", "leads into .git"],
    ["sub/.GIT/config", "leads into .git"],
    ["a\0.png", "contains the control character U+0000"],
    ["a.png\r\n", "contains the control character U+000D"],
    ["a\u001fb.png", "contains the control character U+001F"],
    ["pictures/", "is a folder"],
    ["..", "is a folder"],
    ["x".repeat(5000), "is longer than 4096 characters"],
  ])("%j leads nowhere", (text, problem) => {
    expect(filePlace(text, "data")).toEqual({ problem });
  });
});

describe("contentName", () => {
  it.each([
    ["cat/001.PNG", "d.png"],
    ["cat/no-ending", "d"],
    ["cat/archive.tar.gz", "d.gz"],
    ["cat.png/x", "d"],
    ["a.b c", "d"],
  ])("of %j is %j: no folder and no name", (path, name) => {
    expect(contentName("d", path)).toBe(name);
  });
});

describe("checkDataManifest: columns of files", () => {
  const problems = (document: object) => {
    const checked = checkDataManifest(document, ["", "https", "s3", "dvc", "postgres"]);
    return checked.ok ? [] : checked.problems.map(({ message }) => message);
  };
  const database = { connection: "DATABASE_URL", query: "SELECT id, photo, at FROM orders", cursor: "at" };
  const of = (field: object, path = "data/a.csv") => ({
    sources: [{ path, ...(path.startsWith("postgres:") && database) }],
    schema: { fields: [{ name: "photo", type: "file", ...field }] },
  });

  it.each<[why: string, document: object, messages: readonly string[]]>([
    ["one that is right", of({ folder: "media", constraints: { required: true, unique: true } }), []],
    ["the root", of({ folder: "." }), []],
    [
      "a pattern",
      of({ constraints: { pattern: ".*" } }),
      ["schema.fields[0].constraints.pattern: is not for files, which can be `required` and `unique`"],
    ],
    [
      "a folder outside",
      of({ folder: "../media" }),
      [
        'schema.fields[0].folder: "../media" leaves the repository with ..; paths start at the root of the repository, such as data/churn.csv',
      ],
    ],
    [
      "a bucket",
      of({ folder: "s3://bucket/media" }),
      ['schema.fields[0].folder: "s3://bucket/media" is an address; files of a column must lie in the repository'],
    ],
    [
      "a folder of a text",
      of({ type: "string", folder: "media" }),
      ['schema.fields[0].folder: only file has one, and type is "string"'],
    ],
    [
      "rows from elsewhere without a folder",
      of({}, "https://example.org/a.csv"),
      [
        'schema.fields[0].type: the files beside "https://example.org/a.csv" cannot be listed, so that files of a column must lie in the repository: add the folder in which their paths begin, such as `folder: pictures`',
      ],
    ],
    [
      "rows of a database without a folder",
      of({}, "postgres:orders"),
      [
        'schema.fields[0].type: "postgres:orders" is a table of a database, which has no files, so that files of a column must lie in the repository: add the folder in which their paths begin, such as `folder: pictures`',
      ],
    ],
    ["rows of a bucket", of({}, "s3://bucket/a.csv"), []],
    ["rows behind a pointer of DVC", of({}, "data/raw.dvc"), []],
    ["rows from elsewhere with a folder", of({ folder: "media" }, "https://example.org/a.csv"), []],
    [
      "a further table",
      {
        sources: [{ path: "a.csv" }],
        prepare: "SELECT * FROM source",
        tables: [
          {
            name: "orders",
            sources: [{ path: "b.csv" }],
            schema: { fields: [{ name: "photo", type: "file" }] },
          },
        ],
      },
      [
        "tables[0].schema.fields[0].type: a further table has no files; name them in the rows of `sources`, or declare `string` for the text of the path",
      ],
    ],
  ])("%s", (_why, document, messages) => {
    expect(problems(document)).toEqual(messages);
  });
});
