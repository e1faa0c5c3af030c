import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { toolsFolder } from "@refit/testkit/python";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readText, root } from "../src/repository.ts";
import { emptyFolder, removeFolders, shellIn } from "./support.ts";

const versions = { turbo: "2.11.11", "@moonrepo/cli": "2.5.5" };
const page = readText("docs/monorepo.md");

/** The files that the page shows under their paths. */
const files = [...page.matchAll(/^`([^`\n]+)`:\n\n```\w+\n([\s\S]*?)```/gm)].map(
  ([, name, text]) => [name!, text!] as const,
);

/** The commands that it shows for a task runner. */
const recipe = (tool: string) => page.match(new RegExp(`^\`\`\`sh ${tool}\n([\\s\\S]*?)\`\`\``, "m"))![1]!;

/** The real tools, installed once on this machine. */
async function installedTools(): Promise<string> {
  const words = Object.entries(versions).map(([name, version]) => `${name}@${version}`);
  const folder = path.join(toolsFolder, `task-runners-${Object.values(versions).join("-")}`);
  if (!existsSync(path.join(folder, "node_modules/.bin/moon"))) {
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, "package.json"), '{ "private": true }\n');
    await promisify(execFile)("npm", ["install", "--no-audit", "--no-fund", ...words], { cwd: folder });
  }
  return path.join(folder, "node_modules/.bin");
}

/** Two models, each with data of its own, and the files of the page for both. */
async function workspace(): Promise<string> {
  const folder = await emptyFolder();
  const write = async (name: string, text: string) => {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  };
  for (const model of ["churn", "prices"]) {
    for (const [name, text] of files) await write(name.replaceAll("churn", model), text.replaceAll("churn", model));
    await write(
      `models/${model}/model.yaml`,
      `task: binary\ndata: ${model}\ntarget: y\ncandidates: [{ learner: linear }]\nmetrics: { primary: rocAuc }\ngates: [{ metric: rocAuc, min: 0.5 }]\n`,
    );
    await write(`data-manifests/${model}.yaml`, `sources: [{ path: "data/${model}/*.csv" }]\n`);
    await write(`data/${model}/1.csv`, rows(200));
  }
  await write(
    "package.json",
    '{ "name": "acme", "private": true, "packageManager": "npm@10.8.2", "workspaces": ["models/*"] }\n',
  );
  await write(
    "package-lock.json",
    '{ "name": "acme", "lockfileVersion": 3, "packages": { "": { "name": "acme", "workspaces": ["models/*"] }, "models/churn": { "name": "model-churn" }, "models/prices": { "name": "model-prices" }, "node_modules/model-churn": { "resolved": "models/churn", "link": true }, "node_modules/model-prices": { "resolved": "models/prices", "link": true } } }\n',
  );
  await write(".gitignore", ".moon/cache\n.turbo\nnode_modules\n");
  const shell = shellIn(folder);
  await shell("git", ["init", "--quiet"]);
  await commit(folder);
  await write("data/churn/2.csv", rows(100));
  await commit(folder);
  return folder;
}

const rows = (count: number) =>
  ["x,y", ...Array.from({ length: count }, (_, i) => `${(i * 7) % 31},${(i * 7) % 31 > 15 !== (i % 5 === 0)}`)].join(
    "\n",
  ) + "\n";

async function commit(folder: string): Promise<void> {
  const shell = shellIn(folder);
  await shell("git", ["add", "--all"]);
  await shell("git", ["commit", "--quiet", "--message", "Change"]);
}

describe("the recipes of docs/monorepo.md, with the real tools", () => {
  let tools: string;
  let folder: string;

  beforeAll(async () => {
    tools = await installedTools();
    folder = await workspace();
    await mkdir(path.join(folder, "node_modules/.bin"), { recursive: true });
    await symlink(path.join(root, "packages/refit/bin/refit.cjs"), path.join(folder, "node_modules/.bin/refit"));
  });
  afterAll(removeFolders);

  const run = (tool: string, before: string) =>
    shellIn(folder)("sh", [
      "-ec",
      `export CI=true PATH="${folder}/node_modules/.bin:${tools}:$PATH" TURBO_TELEMETRY_DISABLED=1 BEFORE=${before}\nexec 2>&1\n${recipe(tool)}`,
    ]);

  it.each(["turbo", "moon"])(
    "%s retrains what a change affects, and nothing where it affects nothing",
    async (tool) => {
      const said = await run(tool, "HEAD~1");
      expect(said).toMatch(/churn.*: (?:proposed|rejected|inconclusive|suppressed|skipped|unfinished|blocked)/);
      expect(said).not.toContain("prices");

      expect(await run(tool, "HEAD")).toBe("");
    },
  );
});
