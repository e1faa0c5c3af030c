import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Verification } from "../../../src/runs/verify/verification.ts";
import { proposedScene, type Scene, type SceneOptions } from "./scene.ts";

/** Where the version of `churn` is. */
export const folder = "models/churn/champion";

/** What `refit verify` says of a model in what is checked out. */
export async function verify(scene: Scene, model = "churn"): Promise<Verification & { exitCode: number }> {
  const { stdout, exitCode } = await scene.refit("verify", [model], { json: true });
  return { ...(JSON.parse(stdout) as [Verification])[0], exitCode };
}

/** On the proposal's branch, as a pull request's check is. */
export async function onProposal(options?: SceneOptions): Promise<Scene> {
  const scene = await proposedScene(options);
  await scene.git("switch", "--quiet", "refit--churn");
  return scene;
}

/** Everything that is in the work tree. */
export async function commit(scene: Scene): Promise<void> {
  await scene.git("add", "--all");
  await scene.git("commit", "--quiet", "--message", "Edit");
}

/** Changes a JSON file of the version. @param forge also makes lineage.json agree, as someone would who means it. */
export async function edit(scene: Scene, name: string, change: (old: never) => unknown, forge = true): Promise<void> {
  const file = path.join(scene.root, folder, name);
  const text = `${JSON.stringify(change(JSON.parse(await readFile(file, "utf8")) as never), null, 2)}\n`;
  await scene.write(`${folder}/${name}`, text);
  if (forge && name !== "lineage.json") {
    const digest = { sha256: createHash("sha256").update(text).digest("hex"), bytes: Buffer.byteLength(text) };
    await edit(scene, "lineage.json", (old: { files: object }) => ({
      ...old,
      files: { ...old.files, [name]: digest },
    }));
  }
}
