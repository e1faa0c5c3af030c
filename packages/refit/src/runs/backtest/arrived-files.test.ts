import { dataManifest } from "@refit/core/spec";
import { describe, expect, it } from "vitest";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import type { FetchedFile } from "../../ports/sources.ts";
import { dataUntil, readArrivals } from "./arrived-files.ts";

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
