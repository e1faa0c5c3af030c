import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { createPrepared, createRepository, type TemporaryRepository } from "@refit/testkit";
import { onTestFinished } from "vitest";
import { openScene, type Scene } from "./scene.ts";

const execute = promisify(execFile);

/** The files that docs/files-as-columns.md has, by the name in the first line of each. */
async function exampleFiles(): Promise<Record<string, string>> {
  const page = await readFile(new URL("../../../../../docs/files-as-columns.md", import.meta.url), "utf8");
  const files = [...page.matchAll(/```(?:yaml|js)\n(?:#|\/\/) (\S+)\n(.*?)```/gs)];
  return Object.fromEntries(files.map(([, name, text]) => [name!, text!]));
}

/** A scene with the files of the page, and no picture yet. */
export async function pictureScene(): Promise<Scene> {
  const repository = await createRepository({ remote: false });
  onTestFinished(() => repository.dispose());
  return fill(repository);
}

async function fill(repository: TemporaryRepository): Promise<Scene> {
  const scene = await openScene(repository);
  for (const [name, text] of Object.entries(await exampleFiles())) await scene.write(name, text);
  await scene.write(".gitattributes", "models/*/champion/** -text -merge\ndata/** -text\n");
  return scene;
}

/** The same with 400 pictures, and the first model proposed; it is made once in a run of the tests. */
export async function proposedPictures(): Promise<Scene> {
  const repository = await preparedPictures();
  onTestFinished(() => repository.dispose());
  return openScene(repository);
}

/** Makes it, before a test needs it. */
export async function makeProposedPictures(): Promise<void> {
  await (await preparedPictures()).dispose();
}

const preparedPictures = (): Promise<TemporaryRepository> =>
  createPrepared("pictures of fruit", async () => {
    const made = await createRepository({ remote: false });
    const scene = await fill(made);
    await takePictures(scene, 0, 400);
    await scene.land();
    await scene.refit("run", ["ripeness"], { json: true });
    return made;
  });

/** The pictures from one number to another, as the page makes them. */
export async function takePictures({ root }: Scene, from: number, to: number): Promise<void> {
  await execute(process.execPath, ["make-pictures.mjs", String(from), String(to)], { cwd: root });
}

/** An 8 × 8 picture of one brightness, 0 to 255. */
export function picture(level: number): Uint8Array {
  return Buffer.concat([Buffer.from("P5\n8 8\n255\n"), new Uint8Array(64).fill(level)]);
}
