import { mkdir, rm, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "@refit/testkit";
import { describe, expect, it } from "vitest";
import { knownRuntime } from "../../src/adapters/learners/command/known-runtime.ts";

const before = new Date("2026-06-01T00:00:00Z");
const after = new Date("2026-06-02T00:00:00Z");

/** A folder with an interpreter and its packages. */
async function environment() {
  const root = await temporaryFolder();
  const [bin, packages] = [path.join(root, "bin"), path.join(root, "lib/python3.11/site-packages")];
  await mkdir(bin, { recursive: true });
  await mkdir(packages, { recursive: true });
  const python = path.join(bin, "python");
  await writeFile(python, "1");
  for (const each of [python, packages]) await utimes(each, before, before);
  return { env: { PATH: bin, OWN: "1" }, python, packages };
}

describe("what a program runs on", () => {
  it("stays the same text, and is another one after an installation, with another interpreter and other variables", async () => {
    const { env, python, packages } = await environment();
    const now = () => knownRuntime(env, ["python", "train.py"], ["OWN"]);
    const first = await now();

    expect(await now()).toBe(first);
    await utimes(packages, after, after);
    const second = await now();
    await utimes(python, after, after);
    const third = await now();
    const fourth = await knownRuntime({ ...env, OWN: "2" }, ["python", "train.py"], ["OWN"]);
    expect(new Set([first, second, third, fourth]).size).toBe(4);
    expect(fourth).not.toContain("OWN");
  });

  it.each<[why: string, argv: string[], env: object]>([
    ["a launcher, which chooses an interpreter", ["uv", "run", "train.py"], {}],
    ["a script of the program itself", ["./python", "train.py"], {}],
    ["packages from elsewhere", ["python", "train.py"], { PYTHONPATH: "/elsewhere" }],
  ])("is not known of %s", async (_why, argv, more) => {
    const { env } = await environment();

    expect(await knownRuntime({ ...env, ...more }, argv, ["PYTHONPATH"])).toBeNull();
  });

  it("is not known of a program that is not there", async () => {
    const { env, python } = await environment();
    await rm(python);

    expect(await knownRuntime(env, ["python", "train.py"], [])).toBeNull();
  });
});
