import { describe, expect, it } from "vitest";

import { filesMatching, isTest } from "../src/repository.ts";
import { takesAllPorts } from "../src/whole-ports.ts";

describe("a function asks for the ports that it uses", () => {
  it("except at the doors", () => {
    const product = filesMatching(/^packages\/refit\/src\/.*\.ts$/).filter(({ path }) => !isTest(path));

    expect(product.flatMap(takesAllPorts)).toEqual([]);
  });

  it.each([
    ["a function", "rooms/a.ts", "function f(ports: Ports) {}", 1],
    ["an arrow", "rooms/a.ts", "const f = (ports: Ports) => 1;", 1],
    ["ports that are taken apart", "rooms/a.ts", "function f({ git }: Ports) {}", 1],
    ["a default", "rooms/a.ts", "function f(ports: Ports = all) {}", 1],
    ["some of the ports", "rooms/a.ts", 'function f(ports: Pick<Ports, "git">) {}', 0],
    ["a command", "commands/a.ts", "function f(ports: Ports) {}", 0],
    ["the run", "runs/run-models.ts", "function f(ports: Ports) {}", 0],
    ["another run", "runs/verify.ts", "function f(ports: Ports) {}", 1],
  ])("%s", (_what, path, text, count) => {
    expect(takesAllPorts({ path: `packages/refit/src/${path}`, text })).toHaveLength(count);
  });
});
