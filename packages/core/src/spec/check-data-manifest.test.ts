import { describe, expect, it } from "vitest";

import { checkDataManifest } from "./check-data-manifest.ts";

function messagesOf(document: unknown): string[] {
  const checked = checkDataManifest(document, [""]);
  return checked.ok ? [] : checked.problems.map((problem) => problem.message);
}

describe("checkDataManifest: sources", () => {
  it.each<[path: string, message: string | null]>([
    ["data/churn.csv", null],
    ["data/**/*.jsonl.gz", null],
    ["data/*", null],
    ["data/part.{csv,tsv}", null],
    ["/data/churn.csv", "is absolute; paths start at the root of the repository, such as data/churn.csv"],
    ["C:/data/churn.csv", "is absolute; paths start at the root of the repository, such as data/churn.csv"],
    ["~/churn.csv", "is absolute; paths start at the root of the repository, such as data/churn.csv"],
    [
      "data/../../churn.csv",
      "leaves the repository with ..; paths start at the root of the repository, such as data/churn.csv",
    ],
    ["data\\churn.csv", "contains a backslash; write / between folders"],
    ["data/churn.xlsx", 'ends in ".xlsx"; refit reads .csv, '],
    ["data/churn.parquet.gz", 'ends in ".parquet.gz"; refit reads '],
    [
      "https://example.org/churn.csv",
      "https: is not a known kind of source (known: files of the repository); commit or git-ignore the file and name its path",
    ],
    [
      "s3://bucket/churn.csv",
      "s3: is not a known kind of source (known: files of the repository); commit or git-ignore the file and name its path",
    ],
    [
      "data/churn.csv.dvc",
      "a .dvc pointer is not a known kind of source (known: files of the repository); commit or git-ignore the file and name its path",
    ],
  ])("%s", (path, message) => {
    const messages = messagesOf({ sources: [{ path }] });

    if (message === null) expect(messages).toEqual([]);
    else expect(messages).toEqual([expect.stringContaining(message)]);
  });

  it("no password of a URL is repeated", () => {
    expect(messagesOf({ sources: [{ path: "//user:secret@host/x.csv" }] }).join()).not.toContain("secret");
  });

  it.each<[why: string, sources: object[], message: string]>([
    ["the same file twice", [{ path: "a.csv" }, { path: "a.csv" }], 'sources[1].path: "a.csv" is named twice'],
    [
      "a delimiter of Parquet",
      [{ path: "a.parquet", delimiter: ";" }],
      'sources[0].delimiter: only CSV has a delimiter, and the path ends in ".parquet"',
    ],
    [
      "a long delimiter",
      [{ path: "a.csv", delimiter: "||" }],
      'sources[0].delimiter: expected one character, found the text "||"',
    ],
  ])("%s", (_why, sources, message) => {
    expect(messagesOf({ sources })).toEqual([message]);
  });
});

describe("checkDataManifest: remote sources", () => {
  const web = "https://data.example.org/churn.csv";
  const inRemote = (entry: object) => {
    const checked = checkDataManifest({ sources: [entry] }, ["", "https", "s3", "hf", "dvc", "postgres"]);
    return checked.ok ? [] : checked.problems.map(({ message }) => message);
  };

  const rows = { path: "postgres:orders", query: "SELECT * FROM o", connection: "DATABASE_URL", cursor: "at" };

  it.each<object>([
    rows,
    {
      ...rows,
      query: "-- orders\n/* all */ with a as (select 1) select * from a",
      interval: "month",
      lookbackDays: 0.5,
    },
    { ...rows, path: "postgres:orders_2-b", querySeconds: 60 },
    { path: web },
    { path: web, token: "DATA_TOKEN" },
    { path: "http://data.intern/churn.parquet", allowPrivate: true },
    { path: "https://data.example.org:8443/a/b.jsonl.gz", delimiter: ";" },
    { path: "s3://bucket/a/*.csv" },
    { path: "s3://bucket/a/**", region: "eu-central-1" },
    { path: "s3://bucket/ä b.parquet", endpoint: "https://minio.example.org:9000", credentials: "R2" },
    { path: "s3://bucket/a.csv", endpoint: "http://minio:9000/", allowPrivate: true },
    { path: "data/raw.dvc" },
    { path: `hf://datasets/acme/churn@${"0a".repeat(20)}/data/*.parquet`, token: "HF_TOKEN" },
    { path: "data/*.dvc", credentials: "DVC_STORE", allowPrivate: true },
  ])("may be %o", (entry) => expect(inRemote(entry)).toEqual([]));

  it.each<[entry: { path: string } & Record<string, unknown>, key: string, message: string]>([
    [{ path: "https://me:planted@h.example/a.csv" }, "path", "has a user name or a password in it"],
    [{ path: "https://planted@h.example/a.csv" }, "path", "has a user name or a password in it"],
    [{ path: "https://h.example/a.csv?X-Amz-Signature=planted" }, "path", "has a query or a fragment"],
    [{ path: "https://h.example/a.csv#planted" }, "path", "has a query or a fragment"],
    [{ path: "https://h.example/*.csv" }, "path", "has a wildcard"],
    [{ path: "https://h.example/../a.csv" }, "path", "has . or .. between its slashes"],
    [{ path: "https://h.example/a.zip" }, "path", "does not end in .csv"],
    [{ path: "https:///a.csv" }, "path", "is not an address"],
    [{ path: "https:a.csv" }, "path", "is not an address"],
    [{ path: "http://h.example/a.csv" }, "path", "http: sends data in the clear"],
    [{ path: web, token: "ghp_plantedplantedplantedplanted" }, "token", "must be the NAME of an environment variable"],
    [{ path: web, token: "AKIAPLANTEDPLANTED12" }, "token", "must be the NAME of an environment variable"],
    [{ path: web, token: "planted-value" }, "token", "must be the NAME of an environment variable"],
    [{ path: web, token: "" }, "token", "must be the NAME of an environment variable"],
    [{ path: "s3://Bucket/a.csv" }, "path", "is not an address such as s3://bucket"],
    [{ path: "s3://bucket" }, "path", "is not an address such as s3://bucket"],
    [{ path: "s3://key:planted@bucket/a.csv" }, "path", "is not an address such as s3://bucket"],
    [{ path: "s3://bucket/a.xlsx" }, "path", "does not end in .csv"],
    [{ path: "s3://bucket/a.csv", endpoint: "minio:9000" }, "endpoint", "is not an address such as"],
    [{ path: "s3://bucket/a.csv", endpoint: "https://h/x?planted" }, "endpoint", "is not an address such as"],
    [{ path: "s3://bucket/a.csv", endpoint: "https://me:planted@h" }, "endpoint", "has a user name or a password"],
    [{ path: "s3://bucket/a.csv", endpoint: "http://h" }, "endpoint", "http: sends data in the clear"],
    [{ path: "s3://bucket/a.csv", region: "a b" }, "region", "is not the name of a region"],
    [{ path: "s3://bucket/a.csv", credentials: "AKIAPLANTEDPLANTED12" }, "credentials", "the NAMES of the environment"],
    [{ path: "s3://bucket/a.csv", credentials: "planted/key+value" }, "credentials", "the NAMES of the environment"],
    [{ path: "s3://bucket/a.csv", token: "T" }, "token", '"token" has no meaning for s3:'],
    [{ path: web, region: "eu-west-1" }, "region", '"region" has no meaning for https:'],
    [{ path: "hf://datasets/acme/churn@main/a.csv" }, "path", "names a branch or a tag, which moves"],
    [{ path: "hf://datasets/acme/churn/a.csv" }, "path", "is not an address such as hf://"],
    [{ path: "hf://acme/churn@main/a.csv" }, "path", "is not an address such as hf://"],
    [{ path: `hf://datasets/a/b@${"0a".repeat(20)}/a.zip` }, "path", "does not end in .csv"],
    [{ path: "../raw.dvc" }, "path", "leaves the repository"],
    [{ ...rows, path: "postgres://me:planted@h/db" }, "path", "has the address of a database in it; put the address"],
    [{ ...rows, path: "postgres:Planted" }, "path", "is not a name such as postgres:orders"],
    [{ ...rows, path: "postgres:a/b.parquet" }, "path", "is not a name such as postgres:orders"],
    [
      { ...rows, connection: "postgres://me:planted@h/db" },
      "connection",
      "must be the NAME of an environment variable",
    ],
    [{ ...rows, query: " -- planted\n" }, "query", "holds no SQL; write a SELECT"],
    [{ ...rows, query: "DELETE FROM planted" }, "query", "is not a SELECT; a query begins with SELECT or WITH"],
    [{ ...rows, query: undefined }, "query", "missing; expected a SELECT, such as"],
    [{ ...rows, connection: undefined }, "connection", "missing; expected the name of the environment variable"],
    [{ ...rows, cursor: undefined }, "cursor", "missing; expected the column that says when a row arrived"],
    [{ ...rows, token: "T" }, "token", '"token" has no meaning for postgres:'],
    [{ path: web, cursor: "at" }, "cursor", '"cursor" has no meaning for https:'],
    [{ path: "data/a.csv", query: "SELECT 1" }, "query", '"query" has no meaning for files of the repository'],
    [{ path: "data/a.csv", token: "DATA_TOKEN" }, "token", '"token" has no meaning for files of the repository'],
    [{ path: "data/a.csv", allowPrivate: true }, "allowPrivate", "has no meaning for files of the repository"],
  ])("may not be %o, and nothing secret is repeated", (entry, key, message) => {
    const messages = inRemote(entry);

    expect(messages).toEqual([expect.stringContaining(`sources[0].${key}: `)]);
    expect(messages[0]).toContain(message);
    expect(messages[0]).not.toMatch(/planted/i);
  });
});

describe("checkDataManifest: columns", () => {
  it.each<[why: string, fields: object[], message: string | null]>([
    [
      "a name twice",
      [
        { name: "a", type: "string" },
        { name: "a", from: "b", type: "string" },
      ],
      'schema.fields[1].name: "a" is already the name of fields[0]',
    ],
    [
      "names that SQL cannot tell apart",
      [
        { name: "speed", type: "string" },
        { name: "Speed", type: "string" },
      ],
      'schema.fields[1].name: "Speed" is already the name of fields[0]; SQL ignores upper and lower case',
    ],
    [
      "a source column twice",
      [
        { name: "a", from: "x", type: "string" },
        { name: "b", from: "x", type: "string" },
      ],
      'schema.fields[1].from: the source column "x" is already read by fields[0]',
    ],
    [
      "a source column twice, once by its own name",
      [
        { name: "a", from: "b", type: "string" },
        { name: "b", type: "string" },
      ],
      'schema.fields[1].name: the source column "b" is already read by fields[0]',
    ],
    [
      "swapped names",
      [
        { name: "a", from: "b", type: "string" },
        { name: "b", from: "a", type: "string" },
      ],
      null,
    ],
    [
      "a format of a number",
      [{ name: "a", type: "number", format: "%d" }],
      'schema.fields[0].format: only date and datetime have one, and type is "number"',
    ],
    ...["%d.%m.%Y %H:%M:%S", "%-d/%-m/%y", "%B %d, %Y %I:%M %p", "%T%z", "100 %%", "%Y%m%d"].map(
      (format): [string, object[], null] => [`a format ${format}`, [{ name: "a", type: "datetime", format }], null],
    ),
    ...[
      ["%s", "%s"],
      ["%D", "%D"],
      ["%Y-%-Y", "%-Y"],
      ["%F %T", "%F"],
      ["%e.%m.%Y", "%e"],
      ["%R", "%R"],
      ["%d.%m.%Y %", "%"],
    ].map(([format, part]): [string, object[], string] => [
      `a format ${format}`,
      [{ name: "a", type: "datetime", format }],
      `schema.fields[0].format: ${JSON.stringify(part)} is not a part of a strptime pattern that DuckDB knows; it knows %Y, %m, %d, %H, %M, %S and others, and an escaped %%`,
    ]),
    [
      "a format without a part",
      [{ name: "a", type: "date", format: "YYYY-MM-DD" }],
      'schema.fields[0].format: "YYYY-MM-DD" has no part such as %d; write a strptime pattern such as %d.%m.%Y',
    ],
    [
      "a decimal comma of a number, and a group character of an integer",
      [
        { name: "a", type: "number", decimalChar: ",", groupChar: ".", bareNumber: false },
        { name: "b", type: "integer", groupChar: "\u00A0", missingValues: ["NA"] },
      ],
      null,
    ],
    [
      "a decimal comma of an integer",
      [{ name: "a", type: "integer", decimalChar: "," }],
      'schema.fields[0].decimalChar: only number has one, and type is "integer"',
    ],
    [
      "a group character of a text",
      [{ name: "a", type: "string", groupChar: "." }],
      'schema.fields[0].groupChar: only number and integer have one, and type is "string"',
    ],
    [
      "a unit of a date",
      [{ name: "a", type: "date", bareNumber: false }],
      'schema.fields[0].bareNumber: only number and integer have one, and type is "date"',
    ],
    [
      "a unit",
      ["kg", "%", "US$", "sq ft", "km/h", "m²", "°C"].map((unit, i) => ({
        name: `c${i}`,
        type: "number",
        bareNumber: false,
        unit,
      })),
      null,
    ],
    [
      "a unit of a bare number",
      [{ name: "a", type: "number", unit: "kg" }],
      "schema.fields[0].unit: needs `bareNumber: false`; without it only the number is read",
    ],
    [
      "a unit with a digit",
      [{ name: "a", type: "number", bareNumber: false, unit: "/100 km" }],
      'schema.fields[0].unit: "/100 km" looks like a number; expected a text such as "kg"',
    ],
    [
      "a blank for a unit",
      [{ name: "a", type: "number", bareNumber: false, unit: " " }],
      'schema.fields[0].unit: " " looks like a number; expected a text such as "kg"',
    ],
    [
      "one character for both",
      [{ name: "a", type: "number", decimalChar: ",", groupChar: "," }],
      'schema.fields[0].groupChar: is "," like the decimalChar',
    ],
    [
      "a group character that is the decimal point",
      [{ name: "a", type: "number", groupChar: "." }],
      'schema.fields[0].groupChar: is "." like the decimalChar; declare the decimalChar, such as ","',
    ],
    [
      "a digit as the decimal point",
      [{ name: "a", type: "number", decimalChar: "0" }],
      'schema.fields[0].decimalChar: "0" is a part of numbers; it separates digits',
    ],
    [
      "a mistyped type",
      [{ name: "a", type: "dat" }],
      'schema.fields[0].type: expected "string", "number", "integer", "boolean", "date", "datetime" or "file", found the text "dat"; did you mean "date"?',
    ],
  ])("%s", (_why, fields, message) => {
    expect(messagesOf({ sources: [{ path: "a.csv" }], schema: { fields } })).toEqual(message === null ? [] : [message]);
  });

  it.each<[type: string, constraints: object, message: string | null]>([
    ["number", { minimum: 0, maximum: 400 }, null],
    ["number", { minimum: 5, maximum: 4 }, "minimum: 5 is above the maximum, 4"],
    ["number", { minimum: "0" }, 'minimum: expected a number, found the text "0"'],
    ["integer", { maximum: 1.5 }, "maximum: expected a whole number, found 1.5"],
    ["string", { minimum: 1 }, "minimum: a string has no order; use enum or pattern"],
    ["boolean", { maximum: 1 }, "maximum: a boolean has no order; use enum or pattern"],
    ["date", { minimum: "2020-01-31" }, null],
    ["date", { minimum: "31.1.2020" }, 'minimum: expected a date such as 2026-01-31, found the text "31.1.2020"'],
    [
      "date",
      { minimum: "2021-01-01", maximum: "2020-01-01" },
      'minimum: the text "2021-01-01" is above the maximum, the text "2020-01-01"',
    ],
    ["string", { pattern: "[A-Z]{2}\\d+" }, null],
    ["string", { pattern: "(?i)[a-z]+" }, null],
    ["string", { pattern: "(?P<year>\\d+)" }, null],
    ["string", { pattern: "\\(\\?=x\\)" }, null],
    ["string", { pattern: "(a" }, 'pattern: "(a" is not a regular expression'],
    [
      "string",
      { pattern: "a(?=b)" },
      'pattern: "a(?=b)" uses a lookaround or a backreference, which DuckDB\'s regular expressions do not have',
    ],
    [
      "string",
      { pattern: "(a)\\1" },
      "uses a lookaround or a backreference, which DuckDB's regular expressions do not have",
    ],
    ["number", { pattern: "1" }, 'pattern: is for string fields, and type is "number"'],
    ["string", { enum: ["Small", 1] }, 'enum[1]: expected text, found 1; write it in quotes: "1"'],
    ["integer", { enum: [1, 2.5] }, "enum[1]: expected a whole number, found 2.5"],
    ["boolean", { enum: [true, "no"] }, 'enum[1]: expected true or false, found the text "no"'],
    ["integer", { minimun: 1 }, 'minimun: unknown key; did you mean "minimum"?'],
  ])("%s %j", (type, constraints, message) => {
    const messages = messagesOf({
      sources: [{ path: "a.csv" }],
      schema: { fields: [{ name: "a", type, constraints }] },
    });

    expect(messages).toEqual(message === null ? [] : [expect.stringContaining(message)]);
  });

  it("tells keys, types and combinations at once, also of several fields", () => {
    const fields = [
      { name: "a", type: "strng" },
      { name: "b", type: "number", constraints: { minimum: 2, maximum: 1 } },
      { name: "c", typ: "date" },
    ];

    expect(messagesOf({ sources: [{ path: "/a.csv", seperator: ";" }, { path: 1 }], schema: { fields } })).toEqual([
      "sources[0].seperator: unknown key; known keys: path, delimiter, token, allowPrivate, endpoint, region, credentials, query, connection, cursor, interval, lookbackDays, querySeconds",
      "sources[1].path: expected non-empty text, found 1",
      expect.stringMatching(/^schema.fields\[0\].type: expected .* did you mean "string"\?$/),
      'schema.fields[2].typ: unknown key; did you mean "type"?',
      expect.stringMatching(/^sources\[0\].path: "\/a.csv" is absolute/),
      "schema.fields[1].constraints.minimum: 2 is above the maximum, 1",
    ]);
  });

  it("names renamed columns by their new name", () => {
    const schema = {
      fields: [{ name: "speed", from: "Speed (kn)", type: "number" }],
      primaryKey: ["id", "Speed (kn)", "id"],
    };
    const checks = { accept: [{ column: "Speed (kn)", finding: "unit-change", reason: "metric since 2020" }] };

    expect(
      messagesOf({ sources: [{ path: "a.csv" }], schema, checks, sensitive: ["Speed (kn)", "name", "name"] }),
    ).toEqual([
      'schema.primaryKey[1]: the column "Speed (kn)" is renamed to "speed" in schema.fields; use that name',
      'sensitive[0]: the column "Speed (kn)" is renamed to "speed" in schema.fields; use that name',
      'checks.accept[0].column: the column "Speed (kn)" is renamed to "speed" in schema.fields; use that name',
      'schema.primaryKey[2]: "id" is named twice',
      'sensitive[2]: "name" is named twice',
    ]);
  });

  it.each([
    ["unit-change", null],
    ["unit-chnage", 'there is no finding "unit-chnage"; did you mean "unit-change"?'],
    [
      "weird",
      'there is no finding "weird"; these can be accepted: header-again, gone-column, null-jump, missing-together, one-label, lone-jump, all-null, ',
    ],
    ["not-utf8", '"not-utf8" is an error, which cannot be accepted; these can be accepted: '],
    ["row-count", '"row-count" is a warning, which blocks nothing; there is nothing to accept'],
    ["constructor", 'there is no finding "constructor"'],
  ])("accepting %s", (finding, message) => {
    const checks = { accept: [{ column: "speed", finding, reason: "metric since 2020" }] };
    const messages = messagesOf({ sources: [{ path: "a.csv" }], checks });

    expect(messages).toEqual(message === null ? [] : [expect.stringContaining(`checks.accept[0].finding: ${message}`)]);
  });

  it("prepare without SQL", () => {
    expect(messagesOf({ sources: [{ path: "a.csv" }], prepare: " \n" })).toEqual([
      "prepare: holds no SQL; remove it to use the source as it is",
    ]);
  });
});
