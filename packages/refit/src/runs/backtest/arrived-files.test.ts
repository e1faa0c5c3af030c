import { dataManifest } from "@refit/core/spec";
import { describe, expect, it } from "vitest";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import type { FetchedFile } from "../../ports/sources.ts";
import { sha256 } from "../../sha256.ts";
import { encodeText } from "../../text.ts";
import { dataUntil, readArrivals, type History } from "./arrived-files.ts";

const repository = { root: "/r", commonDir: "/r/.git" } as Repository;

/** Files that lie behind the entries of a manifest, each with one row, which came at the instant that its name ends in. */
function worldOf(behind: Readonly<Record<string, readonly string[]>>) {
  const manifest = dataManifest.parse({ sources: Object.keys(behind).map((path) => entryOf(path)) });
  const arrivalOf = (name: string) => Number(/(\d+)\.\w+$/.exec(name)![1]);
  const sources = {
    async list(_: Repository, { sources: asked }: { readonly sources: readonly { readonly path: string }[] }) {
      const names = new Set(asked.flatMap(({ path }) => behind[path]!));
      return { files: [...names].sort().map((path) => ({ path })), findings: [], notices: [] };
    },
    fetch: async (__: Repository, file: FetchedFile) => ({ ...file, blob: null, sha256: file.path, localPath: "" }),
  };
  const arrivals = {
    open: async ({ path }: FetchedFile) => ({
      times: Float64Array.of(arrivalOf(path)),
      until: async (instant: number) => (instant < arrivalOf(path) ? null : new Uint8Array()),
    }),
  };
  const files = { list: async () => [], write: async () => {} };
  return { manifest, ports: { sources, arrivals, files } as unknown as Ports };
}

function entryOf(path: string): object {
  if (!path.startsWith("postgres:")) return { path };
  return { path, query: "SELECT 1", connection: "DB", cursor: "at" };
}

describe("an entry of the manifest", () => {
  it.each<[what: string, entry: string, files: readonly string[]]>([
    ["a glob", "data/*.csv", ["data/1.csv", "data/2.csv"]],
    ["a folder of DVC", "raw.dvc", ["raw/1.csv", "raw/deep/2.csv"]],
    ["a table of a database", "postgres:stays", ["postgres:stays/1.parquet", "postgres:stays/2.parquet"]],
    ["objects", "s3://bucket/in/*.csv", ["s3://bucket/in/1.csv", "s3://bucket/in/2.csv"]],
  ])("is missed until the first of its files has come: %s", async (_what, entry, behind) => {
    const { manifest, ports } = worldOf({ [entry]: behind });
    const history = await readArrivals(ports, repository, manifest, { time: "day", scratch: "/s" });
    const at = async (instant: number) => {
      const { files, findings } = await dataUntil(
        ports,
        history,
        { manifest, folder: "/s" },
        { rows: instant, tables: instant },
      );
      return [files.length, findings.map(({ code }) => code)];
    };

    expect([await at(0), await at(1), await at(2)]).toEqual([
      [0, ["no-files"]],
      [1, []],
      [2, []],
    ]);
  });
});

describe("a data file whose rows name files", () => {
  /** Three rows of a letter each, which come one by one, and what they name. */
  function historyOf(named: string): History {
    const whole = encodeText("abc");
    const file: FetchedFile = {
      path: "data/a.csv",
      format: "csv",
      delimiter: null,
      bytes: 3,
      blob: "0".repeat(40),
      identity: "0".repeat(40),
      sha256: named,
      localPath: "/data/a.csv",
      named: { sha256: named, own: sha256(whole), files: 3, bytes: 300 },
      namedFiles: [{ name: "photo", files: new Map() }],
    };
    const rows = { times: Float64Array.of(1, 2, 3), until: async (instant: number) => whole.subarray(0, instant) };
    return { files: [{ file, sources: new Set(["data/*.csv"]), rows }], tables: new Map(), times: rows.times };
  }
  const manifest = dataManifest.parse({ sources: [{ path: "data/*.csv" }] });
  const files = { list: async () => [], write: async () => {} } as unknown as Ports["files"];
  const until = async (instant: number, named = "all") => {
    const at = { rows: instant, tables: instant };
    const data = await dataUntil({ files }, historyOf(named), { manifest, folder: "/s" }, at);
    return data.files[0]!;
  };

  it("is another content where other rows have come, or today's rows name other content", async () => {
    const digests = [await until(1), await until(2), await until(1, "one replaced")].map((file) => file.sha256);

    expect(new Set(digests).size).toBe(3);
    expect((await until(1)).sha256).toBe(digests[0]);
  });

  it("has what its rows name today, and the digest of its own rows", async () => {
    const file = await until(2);

    expect(file.namedFiles).toHaveLength(1);
    expect(file.named).toMatchObject({ own: sha256(encodeText("ab")), sha256: file.sha256 });
    expect(file).toMatchObject({ blob: null, localPath: `/s/${sha256(encodeText("ab"))}.csv` });
  });

  it("is that of today once all rows have come", async () => {
    expect(await until(3)).toMatchObject({ sha256: "all", blob: "0".repeat(40), localPath: "/data/a.csv" });
  });
});
