import { mkdir, rm, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "@refit/testkit";
import { describe, expect, it } from "vitest";
import { knownRuntime } from "../../src/adapters/learners/command/known-runtime.ts";

const record = "lightgbm/basic.py,sha256=x,10\n";

/** A folder with an interpreter and its packages. @param root that of an earlier one: it is installed there again. */
async function environment(root?: string) {
  root ??= await temporaryFolder();
  await rm(root, { recursive: true, force: true });
  const [bin, packages] = [path.join(root, "bin"), path.join(root, "lib/python3.11/site-packages")];
  await mkdir(bin, { recursive: true });
  await mkdir(path.join(packages, "lightgbm-4.7.0.dist-info"), { recursive: true });
  const python = path.join(bin, "python");
  await writeFile(python, "1");
  await writeFile(path.join(packages, "lightgbm-4.7.0.dist-info/RECORD"), record);
  return { root, env: { PATH: bin, HOME: root, OWN: "1", TF_DETERMINISTIC_OPS: "1", TF_TOKEN: "x" }, python, packages };
}

const allowed = ["OWN", "TF_DETERMINISTIC_OPS", "TF_TOKEN"];

describe("what a program runs on", () => {
  it("is the same text where the same was installed again, at another time", async () => {
    const { root, env } = await environment();
    const first = await knownRuntime(env, ["python", "train.py"], allowed);
    const again = await environment(root);
    await utimes(again.packages, 1, 1);
    await utimes(again.python, 1, 1);

    expect(first).not.toBeNull();
    expect(await knownRuntime(again.env, ["python", "train.py"], allowed)).toBe(first);
  });

  it.each<[what: string, change: (at: Awaited<ReturnType<typeof environment>>) => Promise<object | void>]>([
    ["another interpreter", ({ python }) => writeFile(python, "2")],
    ["another package", ({ packages }) => mkdir(path.join(packages, "numpy-2.4.6.dist-info"))],
    [
      "other files of the same version",
      ({ packages }) => writeFile(path.join(packages, "lightgbm-4.7.0.dist-info/RECORD"), record.replace("x", "y")),
    ],
    [
      "a package of this user",
      async ({ root }) =>
        void (await mkdir(path.join(root, ".local/lib/python3.11/site-packages/six"), { recursive: true })),
    ],
    ["a variable of libraries with another value", async () => ({ TF_DETERMINISTIC_OPS: "0" })],
    ["a variable less", async () => ({ OWN: undefined })],
  ])("is another text with %s", async (_what, change) => {
    const at = await environment();
    const before = await knownRuntime(at.env, ["python", "train.py"], allowed);
    const env = { ...at.env, ...(await change(at)) };

    expect(await knownRuntime(env, ["python", "train.py"], allowed)).not.toBe(before);
  });

  it("has no value of another variable, so that nobody can guess it", async () => {
    const { env } = await environment();
    const told = await knownRuntime(env, ["python", "train.py"], allowed);

    expect(await knownRuntime({ ...env, OWN: "2", TF_TOKEN: "y" }, ["python", "train.py"], allowed)).toBe(told);
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
