import { describe, expect, it } from "vitest";
import type { Ports } from "../ports/index.ts";
import type { OpenRequest, SourceTable } from "../ports/tables.ts";
import { withKeptTables } from "./kept-tables.ts";

const request = (sha256: string, others: object = {}) =>
  ({
    dataset: "d",
    files: [{ path: "a.csv", sha256, localPath: `/tmp/${Math.random()}` }],
    manifest: { schema: { fields: [] }, checks: {}, limits: {}, sensitive: [] },
    knownTypes: [],
    scratch: "/theirs",
    ...others,
  }) as unknown as OpenRequest;

/** What is opened and closed, in order: tables by the digest of their first file, and folders. */
function recorded({ fails = false } = {}) {
  const events: string[] = [];
  let folders = 0;
  const ports = {
    scratch: {
      async open(commonDir: string) {
        const path = `${commonDir}/${++folders}`;
        events.push(`+${path}`);
        return { path, remove: async () => void events.push(`-${path}`) };
      },
    },
    tables: {
      async open({ files, scratch }: OpenRequest) {
        const name = `${files[0]!.sha256} in ${scratch}`;
        if (fails) throw new Error(`no ${name}`);
        events.push(`+${name}`);
        const table = (): object => ({
          findings: [],
          prepare: async () => void events.push(`prepared ${name}`),
          beside: async ({ tables = new Map() }: Pick<OpenRequest, "tables">) => {
            events.push(`+${[...tables.keys()].join()} beside ${name}`);
            return table();
          },
          close: async () => void events.push(`-${name}`),
        });
        return table() as unknown as SourceTable;
      },
    },
  } as unknown as Pick<Ports, "scratch" | "tables">;
  return { ports, events };
}

describe("withKeptTables", () => {
  it("opens the same files once, and closes them at the end, with what was written meanwhile", async () => {
    const { ports, events } = recorded();
    const result = await withKeptTables(ports, "/git", async ({ tables }) => {
      for (const _ of [1, 2, 3]) await (await tables.open(request("one"))).close();
      expect(events).toEqual(["+/git/1", "+one in /git/1"]);
      return 7;
    });

    expect(result).toBe(7);
    expect(events).toEqual(["+/git/1", "+one in /git/1", "-one in /git/1", "-/git/1"]);
  });

  it("makes nothing where no table is opened", async () => {
    const { ports, events } = recorded();
    await withKeptTables(ports, "/git", async () => {});
    expect(events).toEqual([]);
  });

  it("closes a table that nobody uses before it opens other files, and none that is used", async () => {
    const { ports, events } = recorded();
    await withKeptTables(ports, "/git", async ({ tables }) => {
      const one = await tables.open(request("one"));
      await (await tables.open(request("two"))).close();
      const three = await tables.open(request("three"));
      expect(events).toEqual([
        "+/git/1",
        "+one in /git/1",
        "+/git/2",
        "+two in /git/2",
        "-two in /git/2",
        "-/git/2",
        "+/git/3",
        "+three in /git/3",
      ]);
      const again = await tables.open(request("one"));
      await one.close();
      await one.close();
      await tables.open(request("four"));
      expect(events.filter((event) => event.startsWith("-"))).toHaveLength(2);
      await again.close();
      await three.close();
    });
    expect(events.filter((event) => event.startsWith("-"))).toHaveLength(6);
  });

  it.each<[what: string, other: object]>([
    ["rows of the files", { files: [{ path: "a.csv", sha256: "one", only: [[1, 2]] }] }],
    ["names of files", { files: [{ path: "b.csv", sha256: "one" }] }],
    ["types", { knownTypes: [{ name: "y", type: "string" }] }],
    ["schema", { manifest: { schema: { fields: [{ name: "y" }] }, checks: {}, limits: {}, sensitive: [] } }],
    ["limits", { manifest: { schema: { fields: [] }, checks: {}, limits: { memoryMiB: 2 }, sensitive: [] } }],
  ])("tells other %s apart", async (_what, other) => {
    const { ports, events } = recorded();
    await withKeptTables(ports, "/git", async ({ tables }) => {
      await (await tables.open(request("one"))).close();
      await (await tables.open(request("one", other))).close();
    });
    expect(events.filter((event) => event.startsWith("+one"))).toHaveLength(2);
  });

  it("reads further tables beside the same files, unless rows were prepared or somebody has them", async () => {
    const tables = new Map([["orders", []]]);
    const { ports, events } = recorded();
    await withKeptTables(ports, "/git", async ({ tables: kept }) => {
      await (await kept.open(request("one"))).close();
      await (await kept.open(request("one", { tables, toPrepare: true }))).close();
      await (await kept.open(request("one", { tables }))).close();
    });
    expect(events).toEqual(["+/git/1", "+one in /git/1", "+orders beside one in /git/1", "-one in /git/1", "-/git/1"]);

    const shut = recorded();
    await withKeptTables(shut.ports, "/git", async ({ tables: kept }) => {
      const one = await kept.open(request("one"));
      await one.prepare({ sql: null, target: "y", time: null, key: [] });
      await one.close();
      await (await kept.open(request("one", { tables }))).close();
      const two = await kept.open(request("two"));
      await (await kept.open(request("two", { tables }))).close();
      await two.close();
    });
    expect(shut.events.filter((event) => event.includes("beside"))).toEqual([]);
  });

  it("closes what is open when the work fails, and tries again what could not be opened", async () => {
    const { ports, events } = recorded();
    const failed = withKeptTables(ports, "/git", async ({ tables }) => {
      await (await tables.open(request("one"))).close();
      throw new Error("work");
    });
    await expect(failed).rejects.toThrow("work");
    expect(events.at(-1)).toBe("-/git/1");

    const never = recorded({ fails: true });
    await withKeptTables(never.ports, "/git", async ({ tables }) => {
      for (const folder of ["/git/1", "/git/2"])
        await expect(tables.open(request("one"))).rejects.toThrow(`no one in ${folder}`);
    });
    expect(never.events).toEqual(["+/git/1", "-/git/1", "+/git/2", "-/git/2"]);
  });
});
