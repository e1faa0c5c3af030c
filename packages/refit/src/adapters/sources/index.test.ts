import { dataManifest } from "@refit/core/spec";
import { describe, expect, it } from "vitest";
import type { Repository } from "../../ports/repository.ts";
import type { SourceFile } from "../../ports/sources.ts";
import { gitProcess } from "../git/git-process.ts";
import { sourcesAdapter } from "./index.ts";
import type { SourceKind } from "./source-kind.ts";

const repository: Repository = {
  root: "/r",
  commonDir: "/r/.git",
  baseBranch: "main",
  baseCommit: "0".repeat(40),
  remote: null,
  notices: [],
};

/** A kind of source that has every file that a manifest names. */
function kindOf(scheme: string): SourceKind {
  const fileOf = (path: string): SourceFile => ({
    path,
    format: "csv",
    delimiter: null,
    bytes: 1,
    blob: null,
    identity: scheme,
  });
  return {
    scheme,
    open: () => ({
      list: async (_repository, { sources }) => ({
        files: sources.map(({ path }) => fileOf(path)),
        findings: [],
        notices: [`${scheme} was listed`],
      }),
      knownDigest: async () => `digest of ${scheme}`,
      watched: async (_repository, { sources }) => sources.map(({ path }) => `/watched/${path}`),
      earlier: async () => null,
      fetch: async (_repository, file) => ({ ...file, sha256: scheme, localPath: `/cache/${scheme}` }),
    }),
  };
}

const sources = sourcesAdapter({ git: gitProcess("/", {}), env: {} }, [kindOf(""), kindOf("https")]);
const manifest = dataManifest.parse({
  sources: ["z.csv", "https://h.example/a.csv", "b.csv"].map((path) => ({ path })),
});

describe("sources by scheme", () => {
  it("are listed as one, sorted by path", async () => {
    const { files, notices } = await sources.list(repository, manifest, { workTree: false });

    expect(files.map(({ path, identity }) => [path, identity])).toEqual([
      ["b.csv", ""],
      ["https://h.example/a.csv", "https"],
      ["z.csv", ""],
    ]);
    expect(notices).toEqual([" was listed", "https was listed"]);
  });

  it("are asked for their own files only", async () => {
    const { files } = await sources.list(repository, manifest, { workTree: false });

    expect(await Promise.all(files.map((file) => sources.knownDigest(repository, file)))).toEqual([
      "digest of ",
      "digest of https",
      "digest of ",
    ]);
    expect((await sources.fetch(repository, files[1]!)).localPath).toBe("/cache/https");
    expect(await sources.watched(repository, manifest)).toEqual([
      "/watched/z.csv",
      "/watched/b.csv",
      "/watched/https://h.example/a.csv",
    ]);
  });

  it("are known by their schemes, and a kind that the manifest does not name is left alone", async () => {
    const only = { ...manifest, sources: manifest.sources.slice(0, 1) };

    const { notices } = await sources.list(repository, only, { workTree: false });

    expect(sources.schemes).toEqual(["", "https"]);
    expect(notices).toEqual([" was listed"]);
  });
});
