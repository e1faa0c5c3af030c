import { dataManifest } from "@refit/core/spec";
import { describe, expect, it } from "vitest";
import type { Clock } from "../ports/clock.ts";
import type { Repository } from "../ports/repository.ts";
import type { Sources } from "../ports/sources.ts";
import { keepListings } from "./kept-listings.ts";

const repository = { root: "/r", baseCommit: "a" } as Repository;
const base = { workTree: false };
const manifestOf = (path: string, limits = {}) => dataManifest.parse({ sources: [{ path }], limits });

/** Sources that write down what is listed, at a time that the test sets. */
function world() {
  const listed: string[] = [];
  let time = 0;
  let isBroken = false;
  const sources = {
    async list(_repository, { sources: [source] }) {
      listed.push(source!.path);
      if (isBroken) throw new Error("gone");
      return { files: [], findings: [], notices: [] };
    },
  } as Partial<Sources> as Sources;
  const clock = { elapsed: () => time } as Clock;
  const kept = keepListings({ sources, clock });
  return {
    listed,
    kept,
    list: (path: string, options = base, at = repository) => kept.sources.list(at, manifestOf(path), options),
    wait: (ms: number) => void (time += ms),
    breaks: (broken: boolean) => void (isBroken = broken),
  };
}

describe("listings of datasets", () => {
  it("serve all models that come within a few seconds, until somebody has done more than look", async () => {
    const { listed, kept, list, wait } = world();
    await Promise.all([list("a.csv"), list("a.csv"), list("b.csv")]);
    wait(9_000);
    await list("a.csv");
    expect(listed).toEqual(["a.csv", "b.csv"]);

    wait(1_000);
    await list("a.csv");
    expect(listed).toEqual(["a.csv", "b.csv", "a.csv"]);

    kept.forget();
    await list("a.csv");
    expect(listed).toHaveLength(4);
  });

  it("are of one commit, of the base branch or the work tree, and of what a manifest says of its files", async () => {
    const { listed, kept, list } = world();
    await list("a.csv");
    await list("a.csv", { workTree: true });
    await list("a.csv", base, { ...repository, baseCommit: "b" });
    await kept.sources.list(repository, manifestOf("a.csv", { downloadMiB: 7 }), base);
    await list("a.csv");

    expect(listed).toHaveLength(4);
  });

  it("that failed are made again", async () => {
    const { listed, list, breaks } = world();
    breaks(true);
    await expect(list("a.csv")).rejects.toThrow("gone");
    breaks(false);
    await list("a.csv");

    expect(listed).toHaveLength(2);
  });
});
