import { execFile } from "node:child_process";
import { readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { answerSchemas } from "@refit/core/answers";
import { createFolder, removeFolder, temporaryFolder } from "@refit/testkit";
import { answerProblem } from "@refit/testkit/answers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jsonSchemaOf } from "../../../core/src/spec/json-schema.ts";
import { refitProcess, type Ended } from "./support/cli.ts";

const demoSchema = jsonSchemaOf(answerSchemas.find(({ name }) => name === "demo")!.schema);

/** An empty folder outside of every repository, of somebody whose settings for git would not let the demo commit. */
async function strangersFolder(): Promise<{ root: string; env: Record<string, string> }> {
  const root = await createFolder();
  await writeFile(path.join(root, ".gitconfig"), "[commit]\n\tgpgSign = true\n[gpg]\n\tprogram = false\n");
  return { root, env: { PATH: process.env["PATH"]!, HOME: root, TZ: "Asia/Tokyo" } };
}

let place: { root: string; env: Record<string, string> };
let told: Ended;
beforeAll(async () => {
  place = await strangersFolder();
  told = await refitProcess(place, ["demo"]);
}, 300_000);
afterAll(() => removeFolder(place.root));

/** Ids depend on what the version of refit writes into a model; the folder on the machine. */
const steady = (text: string) =>
  text.replaceAll(/\b[0-9a-f]{10}\b/g, "0123456789").replaceAll(/\/\S*\/refit-demo\b/g, "/tmp/refit-demo");

describe("refit demo", () => {
  it("tells a story that ends in a rollback, and leaves a clean repository in a folder of its own", async () => {
    expect(told).toMatchObject({ exitCode: 0, stderr: "" });
    const decisions = [...told.stdout.matchAll(/^ {4}birdstrikes: (\w+)/gm)].map(([, decision]) => decision);
    expect(decisions).toEqual(["proposed", "skipped", "blocked", "proposed", "suppressed"]);
    expect(await readdir(place.root)).toEqual([".gitconfig", "refit-demo"]);

    const git = async (...args: string[]) =>
      (await promisify(execFile)("git", args, { cwd: path.join(place.root, "refit-demo"), env: place.env })).stdout;
    expect(await git("status", "--porcelain")).toBe("");
    expect(await git("rev-parse", "HEAD:models")).toBe(await git("rev-parse", "HEAD~3:models"));
  });

  it("names next steps that can be typed in that folder", { timeout: 120_000 }, async () => {
    const [, steps = ""] = told.stdout.split("cd refit-demo\n");
    const lines = steps.split("\n").flatMap((line) => /^ {2}(\S.*?) {2,}\S/.exec(line)?.slice(1, 2) ?? []);
    expect(lines.length).toBeGreaterThan(4);

    const root = path.join(place.root, "refit-demo");
    for (const line of lines) {
      const [program, ...args] = line.split(" ");
      const ended =
        program === "git"
          ? { exitCode: 0, ...(await promisify(execFile)("git", args, { cwd: root, env: place.env })) }
          : await refitProcess({ root, env: place.env }, args);
      expect({ line, exitCode: ended.exitCode }).toEqual({ line, exitCode: 0 });
      expect(ended.stdout).not.toBe("");
    }
  });

  it("is what README.md tells, as far as it tells it", async () => {
    const readme = await readFile(new URL("../../../../README.md", import.meta.url), "utf8");
    const [, story = ""] = /```text\n(\$ refit demo\n[^]*?)\n```/.exec(readme) ?? [];
    const [first, ...parts] = story
      .split(/^(?:\$ refit demo|…)$\n?/m)
      .map((part) => steady(part).replace(/^\n|\n$/g, ""));
    const all = steady(told.stdout);

    expect(first).toBe("");
    expect(parts.length).toBeGreaterThan(1);
    let from = 0;
    for (const part of parts) {
      const at = all.indexOf(part, from);
      expect(at === -1 ? `not printed, or in another order:\n${part}` : "").toBe("");
      from = at + part.length;
    }
  });

  it("leaves a folder alone that has something in it", async () => {
    const root = await temporaryFolder();
    await writeFile(path.join(root, "notes.txt"), "mine");
    const ended = await refitProcess({ root: path.dirname(root), env: place.env }, ["demo", path.basename(root)]);

    expect(ended).toMatchObject({ exitCode: 2, stdout: "" });
    expect(ended.stderr).toMatch(/has files in it[^]*Nothing was changed[^]*refit demo another-folder/);
    expect(await readdir(root)).toEqual(["notes.txt"]);
  });

  it("prints the same story as JSON, and works in an empty folder that is there", { timeout: 300_000 }, async () => {
    const root = await temporaryFolder();
    const { stdout } = await refitProcess({ root, env: place.env }, ["demo", ".", "--json"]);
    const printed = JSON.parse(stdout) as { folder: string; story: { kind: string; text: string }[]; next: string[] };

    expect(answerProblem(demoSchema, printed)).toBeNull();
    expect(printed.folder).toBe(root);
    const commands = printed.story.flatMap(({ kind, text }) => (kind === "command" ? [`  $ ${text}`] : []));
    expect(commands).toEqual(told.stdout.split("\n").filter((line) => line.startsWith("  $ ")));
    expect(printed.next).toContain("refit status");
  });
});
