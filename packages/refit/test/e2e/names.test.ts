import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { championScene, type Scene } from "./support/scene.ts";

/** Puts a spec into a folder of any name, also one that a file system would refuse. */
async function addFolder(scene: Scene, name: string): Promise<void> {
  const { root, env } = scene.repository;
  const git = (args: string[], input = "") => {
    const { status, stdout, stderr } = spawnSync("git", args, { cwd: root, env, input });
    expect(stderr.toString()).toBe("");
    expect(status).toBe(0);
    return stdout.toString().trim();
  };
  const spec = await scene.git("rev-parse", "HEAD:models/churn/model.yaml");
  git(["update-index", "-z", "--index-info"], `100644 ${spec}\tmodels/${name}/model.yaml\0`);
  git(["commit", "--quiet", "--message", "A folder"]);
}

const hostile = "x\ndelete refs/heads/main\n\u001B[31m";
const misnamed = [hostile, "a--b", "Churn EU", "churn/Old"];

describe("folders whose names cannot be the name of a model", () => {
  it("are told and left out, and the models beside them live on", async () => {
    const scene = await championScene({ remote: false });
    for (const name of misnamed) await addFolder(scene, name);
    const main = await scene.git("rev-parse", "main");

    for (const command of ["status", "run", "promote", "verify"]) {
      const { stdout, notices } = await scene.refit(command, [], { json: true });
      expect({ command, told: notices.filter((each) => each.includes("is not a model")).length }).toEqual({
        command,
        told: misnamed.length,
      });
      expect(notices.join("\n")).not.toContain("\u001B");
      expect(stdout).toContain("churn");
      for (const name of ["a--b", "Churn EU", "Old"]) expect(stdout).not.toContain(name);
    }
    const { stdout } = await scene.refit("doctor", [], { json: true });
    const told = (JSON.parse(stdout) as { severity: string; what: string }[]).filter(({ what }) =>
      what.includes("is not a model"),
    );
    expect(told.map(({ severity }) => severity)).toEqual(misnamed.map(() => "error"));
    expect(await scene.git("rev-parse", "main")).toBe(main);
    expect(await scene.git("branch", "--list", "refit--[!c]*")).toBe("");
  });

  it.each([
    ["run", []],
    ["train", []],
    ["verify", []],
    ["rollback", []],
    ["reject", []],
    ["log", []],
    ["drift", []],
    ["diff", ["v1", "v1"]],
  ])("are refused by %s before anything is written", async (command, more) => {
    const scene = await championScene({ remote: false });
    const refs = await scene.git("for-each-ref");

    for (const name of misnamed) {
      const asked = scene.refit(command, [name, ...more], command === "train" ? { out: "/nonexistent" } : {});
      await expect(asked).rejects.toMatchObject({ code: "model-name" });
    }

    expect(await scene.git("for-each-ref")).toBe(refs);
  });
});
