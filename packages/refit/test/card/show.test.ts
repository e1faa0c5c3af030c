import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { type ShownVersion } from "@refit/core/report";
import { shownVersion } from "../../../core/src/report/shown-version.ts";
import { describe, expect, it } from "vitest";
import { bundleFor } from "../../../runtime/test/support/bundle.ts";
import { championScene, month, proposedScene, type Scene } from "../e2e/support/scene.ts";
import { folder } from "../e2e/support/verify.ts";

async function shown(scene: Scene, word = "churn"): Promise<ShownVersion> {
  const { stdout } = await scene.refit("show", [word], { json: true });
  const value = JSON.parse(stdout);
  expect(shownVersion.strict().parse(value)).toEqual(value);
  return value;
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** What a command prints in the clone. */
async function printed(scene: Scene, command: string): Promise<Buffer> {
  const options = { cwd: scene.root, encoding: "buffer", maxBuffer: 1e8 } as const;
  return (await promisify(execFile)("sh", ["-c", command], options)).stdout;
}

describe("refit show", () => {
  it("names everything of a version, so that it can be fetched", async () => {
    const scene = await championScene();
    const untagged = await shown(scene);
    await scene.refit("promote");

    const { places, files, version, live, use } = await shown(scene);

    const names = (await scene.git("ls-tree", "-r", "--name-only", `main:${folder}`)).split("\n");
    expect(files.map((file) => file.path)).toEqual(names);
    for (const file of files) {
      const content = await printed(scene, file.read);
      expect([sha256(content), content.byteLength]).toEqual([file.sha256, file.bytes]);
      expect(await printed(scene, `git show ${file.object}`)).toEqual(content);
    }
    expect(live).toBe(true);
    expect(await scene.git("rev-parse", `${places.commit.id}:${places.folder}`)).toBe(version.treeId);
    expect(untagged.places.tag).toEqual({ name: "churn@v1", exists: false, url: null });
    expect(places.tag.exists).toBe(true);
    expect(String(await printed(scene, places.report!.read))).toContain("churn");
    expect(use.map(({ from }) => from)).toEqual(["files", "node", "python", "http"]);
  });

  it("has addresses where the remote is on GitHub, and none elsewhere", async () => {
    const scene = await proposedScene({ remote: false });
    await scene.git("merge", "--quiet", "--squash", "refit--churn");
    await scene.git("commit", "--quiet", "--message", "A model (#12)");
    const elsewhere = await shown(scene);
    await scene.git("config", "remote.origin.url", "git@github.com:acme/models.git");

    const { places, files, version } = await shown(scene);

    const home = "https://github.com/acme/models";
    expect(places).toMatchObject({
      repository: home,
      commit: { url: `${home}/commit/${version.sha}` },
      tree: { url: `${home}/tree/${version.sha}/${folder}` },
      pullRequest: `${home}/pull/12`,
      report: { url: expect.stringContaining(`${home}/tree/`) },
    });
    expect(files[0]!.url).toBe(`${home}/raw/${version.sha}/${folder}/${files[0]!.path}`);
    expect(JSON.stringify(elsewhere)).not.toContain(home);
  });

  it("says in six lines how to use a version, with commands that run, also of an earlier one", async () => {
    const scene = await championScene();
    scene.at("2026-06-05T00:00:00Z");
    await scene.land(month(3));
    await scene.run();
    await scene.merge("squash");
    await scene.write("new-rows.csv", Object.values(month(4, 20))[0]!);

    const said = async (word: string) => {
      const lines = (await scene.refit("show", [word])).stdout.split("\n");
      return lines.slice(lines.findIndex((line) => line.startsWith("Use it (")));
    };

    expect((await said("churn")).length).toBeLessThanOrEqual(6);
    const earlier = await said("churn@v1");
    expect(earlier.join("\n")).not.toContain("refit serve");
    const [, predict] = /(refit predict .*)$/m.exec(earlier.join("\n"))!;
    const [, , model, rows, , version, , output] = predict!.split(" ");
    await scene.refit("predict", [model!, rows!], { version: version!, output: output! });
    const [, exporting] = /refit export (\S+) --to onnx/.exec(earlier.join("\n"))!;
    await scene.refit("export", [exporting!], { to: "onnx" });

    const [, call] = /Node\.js +(.*)$/m.exec(earlier.join("\n"))!;
    const imports = [
      `import { loadVersion } from "./index.ts";`,
      `import { fromGit } from "./node.ts";`,
      `console.log((await ${call}).treeId);`,
    ];
    const script = path.join(scene.root, "use.mjs");
    await writeFile(script, (await bundleFor("node", imports.join("\n"), "esm")).text);
    expect(String(await printed(scene, `"${process.execPath}" use.mjs`)).trim()).toBe(
      (await shown(scene, "churn@v1")).version.treeId,
    );
  });
});
