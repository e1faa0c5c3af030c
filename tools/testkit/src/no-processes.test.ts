import { execFile, spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";

describe("a fast test", () => {
  it("cannot start a process", () => {
    expect(() => execFile("git", ["--version"])).toThrow("a fast test starts no process");
    expect(() => spawnSync("git", ["--version"])).toThrow("a fast test starts no process");
  });
});
