import { rm } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { dataManifest } from "@refit/core/spec";
import { temporaryRepository, type TemporaryRepository } from "@refit/testkit";
import { describe, expect, it } from "vitest";
import { diskScratch } from "../../src/adapters/disk/scratch.ts";
import { duckdbTables } from "../../src/adapters/duckdb/index.ts";
import { parquetOf } from "../../src/adapters/duckdb/open-files.fixture.ts";
import { sourcesAdapter } from "../../src/adapters/sources/index.ts";
import type { EarlierFile } from "../../src/data/earlier-file.ts";
import { rowsSince } from "../../src/data/rows-since.ts";
import { digestFiles } from "../../src/data/snapshot-files.ts";
import type { RowContext } from "../../src/products/context.ts";
import type { RowNews } from "../../src/products/row-news.ts";
import { worldOf } from "./world.ts";

type Content = string | Uint8Array;
type DataFiles = Readonly<Record<string, Content>>;

interface Settings {
  readonly key?: string | readonly string[];
  readonly manifest?: object;
  readonly gitignore?: string;
  /** Between the two states: what happens to this clone. */
  readonly lose?: (repository: TemporaryRepository) => Promise<void>;
}

/** What is new in the second state of the data, with real files, git and DuckDB. */
async function newsOf(then: DataFiles, now: DataFiles, settings: Settings = {}): Promise<RowNews> {
  const repository = await temporaryRepository();
  const states = await openStates(repository, settings);
  const before = await states.land(then);
  await settings.lose?.(repository);
  return states.news(await states.land(now), before);
}

async function openStates(repository: TemporaryRepository, { key, manifest = {}, gitignore }: Settings) {
  const world = worldOf(repository);
  const { git, files } = world;
  const ports = {
    git,
    files,
    scratch: diskScratch,
    tables: duckdbTables,
    sources: sourcesAdapter({ git: world.process, env: {} }),
    out: { progress: () => {}, notice: () => {}, print: () => {} },
  };
  const spec = { data: "d", key } as unknown as RowContext["spec"];
  const contextOf = async (): Promise<RowContext> => ({
    champion: null,
    ledger: [],
    ledgerCommit: null,
    spec,
    request: { model: "m", force: null, dryRun: false },
    manifest: dataManifest.parse({ sources: [{ path: "data/**/*" }], ...manifest }),
    repository: await world.locate(),
  });
  if (gitignore !== undefined) await repository.write(".gitignore", gitignore);

  const land = async (contents: DataFiles) => {
    await rm(path.join(repository.root, "data"), { recursive: true, force: true });
    for (const [name, content] of Object.entries(contents)) await repository.write(`data/${name}`, content);
    await repository.commit("Data");
    const context = await contextOf();
    const listing = await ports.sources.list(context.repository, context.manifest, { workTree: false });
    const state = await digestFiles(ports, context.repository, listing.files);
    const { news } = await rowsSince(ports, context, [state, []]);
    const rows = new Map(news.files.map((file) => [file.path, file.rows]));
    return { context, state, rows };
  };
  type State = Awaited<ReturnType<typeof land>>;
  return {
    land,
    async news({ context, state }: State, before: State): Promise<RowNews> {
      const built = before.state.map(({ source, sha256 }): EarlierFile => {
        const { path: name, bytes, blob } = source;
        return { path: name, sha256, bytes, blob, rows: before.rows.get(name)! };
      });
      const { news, findings } = await rowsSince(ports, context, [state, built]);
      expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
      expect((await rowsSince(ports, context, [state, built])).news).toEqual(news);
      return news;
    },
  };
}

const told = ({ files, lost }: RowNews) => {
  const sum = (count: "added" | "corrected" | "copied") => files.reduce((all, file) => all + file[count], 0);
  return { added: sum("added"), corrected: sum("corrected"), copied: sum("copied"), lost };
};
const none = { added: 0, corrected: 0, copied: 0, lost: 0 };

const header = "id,day,x,y";
/** Rows from one number to another, of which no two are equal. */
const lines = (from: number, to: number, change: (row: string[]) => string[] = (row) => row) =>
  Array.from({ length: to - from }, (_, i) => {
    const id = from + i;
    const day = `2026-01-${String(1 + (id % 28)).padStart(2, "0")}`;
    return change([String(id), day, ((id * 37) % 101) / 8 + "", id % 3 === 0 ? "yes" : "no"]).join(",");
  });
const csv = (...rows: (readonly string[])[]) => `${[header, ...rows.flat()].join("\n")}\n`;
const a = lines(0, 60);
const b = lines(60, 90);

describe("new rows", () => {
  it.each<[why: string, then: DataFiles, now: DataFiles, found: object]>([
    ["a new file", { "a.csv": csv(a) }, { "a.csv": csv(a), "b.csv": csv(b) }, { ...none, added: 30 }],
    ["appended rows", { "a.csv": csv(a) }, { "a.csv": csv(a, b) }, { ...none, added: 30 }],
    [
      "appended rows, where the last one had no end",
      { "a.csv": csv(a).trimEnd() },
      { "a.csv": csv(a, b).trimEnd() },
      { ...none, added: 30 },
    ],
    [
      "appended rows below a header that was written otherwise",
      { "a.csv": csv(a) },
      { "a.csv": csv(a, b).replace(header, '"id","day","x","y"') },
      { ...none, added: 30 },
    ],
    [
      "appended rows, and lines that end as on Windows from now on",
      { "a.csv": csv(a) },
      { "a.csv": csv(a, b).replaceAll("\n", "\r\n") },
      { ...none, added: 30 },
    ],
    ["nothing but another order", { "a.csv": csv(a) }, { "a.csv": csv(a.toReversed()) }, none],
    ["another order of columns", { "a.csv": csv(a) }, { "a.csv": csv(a).replace(/^(.*?),(.*?),/gm, "$2,$1,") }, none],
    [
      "new rows, sorted among the old ones",
      { "a.csv": csv(a) },
      { "a.csv": csv([...b, ...a]) },
      { ...none, added: 30 },
    ],
    ["a rolling window", { "a.csv": csv(a) }, { "a.csv": csv(a.slice(30), b) }, { ...none, added: 30, lost: 30 }],
    [
      "a window whose rows are all replaced",
      { "a.csv": csv(a) },
      { "a.csv": csv(lines(100, 160)) },
      { ...none, added: 60, lost: 60 },
    ],
    [
      "an export that overlaps",
      { "a.csv": csv(a) },
      { "a.csv": csv(a), "b.csv": csv(a.slice(40), b) },
      { ...none, added: 30, copied: 20 },
    ],
    ["old rows appended once more", { "a.csv": csv(a) }, { "a.csv": csv(a, a.slice(0, 20)) }, { ...none, copied: 20 }],
    ["a file that was renamed", { "a.csv": csv(a) }, { "moved/z.csv": csv(a) }, none],
    ["a file that was renamed and grew", { "a.csv": csv(a) }, { "z.csv": csv(a, b) }, { ...none, added: 30 }],
    ["a file that was packed", { "a.csv": csv(a) }, { "a.csv.gz": gzipSync(csv(a)) }, none],
    [
      "a packed file that grew",
      { "a.csv.gz": gzipSync(csv(a)) },
      { "a.csv.gz": gzipSync(csv(a, b)) },
      { ...none, added: 30 },
    ],
    [
      "a file that was split into two",
      { "a.csv": csv(a) },
      { "a.csv": csv(a.slice(0, 20)), "b.csv": csv(a.slice(20)) },
      none,
    ],
    ["two files that became one", { "a.csv": csv(a), "b.csv": csv(b) }, { "all.csv": csv(b, a) }, none],
    ["rows that were removed", { "a.csv": csv(a) }, { "a.csv": csv(a.slice(3)) }, { ...none, lost: 3 }],
    ["a file that was removed", { "a.csv": csv(a), "b.csv": csv(b) }, { "a.csv": csv(a) }, { ...none, lost: 30 }],
    [
      "rows as JSON lines",
      { "a.csv": csv(a) },
      {
        "a.jsonl": a
          .map((row) =>
            JSON.stringify(
              Object.fromEntries(
                row.split(",").map((v, i) => [header.split(",")[i]!, i === 0 || i === 2 ? Number(v) : v]),
              ),
            ),
          )
          .join("\n"),
      },
      none,
    ],
    [
      "corrected values without a key",
      { "a.csv": csv(a) },
      { "a.csv": csv(lines(0, 60, (row) => (row[0] === "7" ? [...row.slice(0, 3), "maybe"] : row))) },
      { ...none, added: 1, lost: 1 },
    ],
  ])("%s", async (_why, then, now, found) => {
    expect(told(await newsOf(then, now))).toEqual(found);
  });

  it("of Parquet files: converted, rewritten with more rows", async () => {
    const typed = (rows: readonly string[]) =>
      `SELECT id::BIGINT AS id, day::DATE AS day, x::DOUBLE AS x, y FROM (VALUES ${rows.map((row) => `('${row.split(",").join("','")}')`).join(",")}) AS t(id, day, x, y)`;

    expect(told(await newsOf({ "a.csv": csv(a) }, { "a.parquet": await parquetOf(typed(a)) }))).toEqual(none);
    expect(
      told(
        await newsOf({ "a.parquet": await parquetOf(typed(a)) }, { "a.parquet": await parquetOf(typed([...b, ...a])) }),
      ),
    ).toEqual({ ...none, added: 30 });
  });

  it("are those of rows that repeat naturally, where there is no key", async () => {
    const kinds = (count: number, from: number) =>
      `c,y\n${Array.from({ length: count }, (_, i) => `${(i + from) % 7},${(i + from) % 2}`).join("\n")}\n`;
    expect(told(await newsOf({ "a.csv": kinds(200, 0) }, { "a.csv": kinds(200, 0), "b.csv": kinds(50, 3) }))).toEqual({
      ...none,
      added: 50,
    });
    expect(told(await newsOf({ "a.csv": kinds(200, 0) }, { "a.csv": kinds(250, 0) }))).toEqual({ ...none, added: 50 });
  });

  it("are named file by file, as ranges of rows", async () => {
    const news = await newsOf(
      { "a.csv": csv(a) },
      { "a.csv": csv([...b.slice(0, 2), ...a, ...b.slice(2, 4)]), "c.csv": csv(a.slice(59), b.slice(5)) },
    );
    expect(news.files).toMatchObject([
      {
        path: "data/a.csv",
        rows: 64,
        added: 4,
        copied: 0,
        only: [
          [1, 2],
          [63, 64],
        ],
      },
      { path: "data/c.csv", rows: 26, added: 25, copied: 1, copiedFrom: "data/a.csv", only: [[2, 26]] },
    ]);
  });
});

describe("new rows with a key", () => {
  const relabelled = lines(0, 60, (row) =>
    Number(row[0]) < 12 ? [...row.slice(0, 3), row[3] === "yes" ? "no" : "yes"] : row,
  );

  it.each<[why: string, then: DataFiles, now: DataFiles, found: object]>([
    ["corrected labels", { "a.csv": csv(a) }, { "a.csv": csv(relabelled, b) }, { ...none, added: 30, corrected: 12 }],
    [
      "corrections as a file of their own",
      { "a.csv": csv(a) },
      { "a.csv": csv(a), "b.csv": csv(relabelled.slice(0, 20)) },
      { ...none, corrected: 12, copied: 8 },
    ],
    [
      "corrections appended",
      { "a.csv": csv(a) },
      { "a.csv": csv(a, relabelled.slice(0, 12), b) },
      { ...none, added: 30, corrected: 12 },
    ],
    [
      "a day that lies beyond all others",
      { "a.csv": csv(a) },
      { "a.csv": csv(a), "b.csv": csv(a.slice(5, 6).map((row) => row.replace("2026-01", "2027-02"))) },
      { ...none, corrected: 1 },
    ],
    [
      "exact copies in one new file",
      { "a.csv": csv(a) },
      { "a.csv": csv(a), "b.csv": csv(b, b.slice(0, 4)) },
      { ...none, added: 30, copied: 4 },
    ],
    [
      "rows gone and corrected",
      { "a.csv": csv(a) },
      { "a.csv": csv(relabelled.slice(5)) },
      { ...none, corrected: 7, lost: 5 },
    ],
  ])("%s", async (_why, then, now, found) => {
    expect(told(await newsOf(then, now, { key: "id" }))).toEqual(found);
  });

  it("of two columns, or of the schema", async () => {
    const now = { "a.csv": csv(relabelled) };
    expect(told(await newsOf({ "a.csv": csv(a) }, now, { key: ["id", "day"] }))).toEqual({ ...none, corrected: 12 });
    const manifest = { schema: { primaryKey: "id" } };
    expect(told(await newsOf({ "a.csv": csv(a) }, now, { manifest }))).toEqual({ ...none, corrected: 12 });
  });

  it("that repeats is not used", async () => {
    const news = await newsOf({ "a.csv": csv(a) }, { "a.csv": csv(relabelled) }, { key: "day" });
    expect([told(news), news.keyRepeats]).toEqual([{ ...none, added: 12, lost: 12 }, true]);
  });
});

describe("rows of files that are gone", () => {
  const window = [{ "a.csv": csv(a) }, { "a.csv": csv(a.slice(30), b) }] as const;
  const cacheOf = ({ root }: TemporaryRepository) => path.join(root, ".git/refit/cache");

  it("are read from git where they were tracked, on any machine", async () => {
    const lose = (repository: TemporaryRepository) => rm(cacheOf(repository), { recursive: true, force: true });
    expect(told(await newsOf(...window, { lose }))).toEqual({ ...none, added: 30, lost: 30 });
  });

  it("are known from when they were here, where git does not track them", async () => {
    expect(told(await newsOf(...window, { gitignore: "/data\n" }))).toEqual({ ...none, added: 30, lost: 30 });
  });
});

describe("what changed in rows", () => {
  const people = (change: (row: string[]) => string[] = (row) => row) =>
    `${header},email,secret\n${lines(0, 60, (row) => change([...row, `p${row[0]}@example.org`, `s${row[0]}`])).join("\n")}\n`;
  const relabel = (row: string[]) =>
    Number(row[0]) < 12 ? [row[0]!, row[1]!, row[0] === "3" ? "99" : row[2]!, "maybe", "new@example.org", "new"] : row;

  it("is counted column by column, with examples, and nothing of what should not be shown", async () => {
    const manifest = { sensitive: ["secret"] };
    const { changes } = await newsOf({ "a.csv": people() }, { "a.csv": people(relabel) }, { key: "id", manifest });

    expect(changes!.columns).toEqual([
      { column: "email", rows: 12 },
      { column: "secret", rows: 12 },
      { column: "y", rows: 12 },
      { column: "x", rows: 1 },
    ]);
    expect(changes!.examples[0]).toEqual({
      kind: "corrected",
      path: "data/a.csv",
      row: 1,
      values: [{ column: "y", was: "yes", is: "maybe" }],
    });
    expect(changes!.examples).toHaveLength(3);
    expect(JSON.stringify(changes!.examples)).not.toMatch(/example\.org|secret|"s\d/);
  });

  it("shows rows that are gone and rows that are new, where git has the bytes", async () => {
    const { changes } = await newsOf({ "a.csv": csv(a) }, { "a.csv": csv(a.slice(3), b) });
    const shown = changes!.examples.map(({ kind, row, values }) => [kind, row, values[0]]);
    expect(shown).toEqual([
      ["added", 58, { column: "id", was: null, is: "60" }],
      ["lost", 1, { column: "id", was: null, is: "0" }],
      ["lost", 2, { column: "id", was: null, is: "1" }],
      ["lost", 3, { column: "id", was: null, is: "2" }],
    ]);
  });

  it("is not told where rows only came, or nobody has the old bytes", async () => {
    expect((await newsOf({ "a.csv": csv(a) }, { "a.csv": csv(a, b) })).changes).toBeNull();
    const { changes } = await newsOf({ "a.csv": csv(a) }, { "a.csv": csv(a.slice(3)) }, { gitignore: "/data\n" });
    expect(changes?.examples ?? []).toEqual([]);
  });
});
