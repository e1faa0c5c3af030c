import { describe, expect, it } from "vitest";

import { filesMatching, isTest } from "../src/repository.ts";
import { takesAllPorts } from "../src/whole-ports.ts";

/** Files whose functions take all ports, and how many do. The list only shrinks. */
const known: readonly string[] = [
  "packages/refit/src/observe/champion-rows.ts: 1",
  "packages/refit/src/observe/classify-rows.ts: 1",
  "packages/refit/src/observe/measure-performance.ts: 1",
  "packages/refit/src/observe/new-rows-drift.ts: 1",
  "packages/refit/src/observe/profile-answers.ts: 2",
  "packages/refit/src/rooms/ends/alert.ts: 2",
  "packages/refit/src/rooms/ends/block.ts: 1",
  "packages/refit/src/rooms/ends/finish.ts: 3",
  "packages/refit/src/rooms/ends/show.ts: 1",
  "packages/refit/src/rooms/ends/skip.ts: 3",
  "packages/refit/src/rooms/observe.ts: 1",
  "packages/refit/src/rooms/propose.ts: 5",
  "packages/refit/src/rooms/snapshot.ts: 2",
  "packages/refit/src/runs/doctor/diagnose-model.ts: 5",
  "packages/refit/src/runs/doctor/diagnose.ts: 4",
  "packages/refit/src/runs/train-models.ts: 2",
  "packages/refit/src/runs/verify.ts: 7",
];

describe("a function asks for the ports that it uses", () => {
  it("except at the doors", () => {
    const product = filesMatching(/^packages\/refit\/src\/.*\.ts$/).filter(({ path }) => !isTest(path));

    expect(product.flatMap(takesAllPorts)).toEqual(known);
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
