import { describe, expect, it } from "vitest";

import { arrowsUpwards } from "../src/layers.ts";
import { filesMatching } from "../src/repository.ts";

describe("the layers of packages/refit", () => {
  it("have no arrow upwards, types included", () => {
    expect(filesMatching(/^packages\/refit\/src\/.*\.ts$/).flatMap(arrowsUpwards)).toEqual([]);
  });

  it.each([
    ["a room on a run", "rooms/a.ts", "../runs/b.ts"],
    ["a type of a room in a product", "products/a.ts", "../rooms/b.ts"],
    ["an adapter on a product", "adapters/git/a.ts", "../../products/b.ts"],
    ["a room on an adapter", "rooms/a.ts", "../adapters/git/b.ts"],
    ["a command on the wiring", "commands/a.ts", "../wiring.ts"],
    ["a port on an adapter", "ports/a.ts", "../adapters/clock.ts"],
    ["data on what observes them", "data/a.ts", "../observe/b.ts"],
    ["anything on the door", "commands/a.ts", "../cli.ts"],
    ["a folder without a written layer", "helpers/a.ts", "../ports/b.ts"],
  ])("refuse %s", (_why, path, name) => {
    const file = { path: `packages/refit/src/${path}`, text: `import type { A } from "${name}";` };

    expect(arrowsUpwards(file)).toHaveLength(1);
  });

  it.each([
    ["a run on a room", "runs/a.ts", "../rooms/b.ts"],
    ["a room on its neighbour", "rooms/a.ts", "./ends/b.ts"],
    ["an adapter on a port", "adapters/git/a.ts", "../../ports/b.ts"],
    ["the wiring on an adapter", "wiring.ts", "./adapters/clock.ts"],
    ["the door on a command", "cli.ts", "./commands/a.ts"],
    ["any layer on a leaf", "ports/a.ts", "../version.ts"],
  ])("allow %s", (_why, path, name) => {
    const file = { path: `packages/refit/src/${path}`, text: `import type { A } from "${name}";` };

    expect(arrowsUpwards(file)).toEqual([]);
  });
});
