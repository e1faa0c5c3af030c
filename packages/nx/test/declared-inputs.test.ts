import { spawn, spawnSync } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { temporaryFolder, temporaryRepository } from "@refit/testkit";
import { expect, it } from "vitest";
import { createNodes } from "../src/index.ts";

type Minimatch = (path: string, glob: string, options: object) => boolean;
const require = createRequire(import.meta.url);
const { minimatch } = createRequire(require.resolve("nx/package.json"))("minimatch") as { minimatch: Minimatch };
const refit = join(dirname(require.resolve("refit/package.json")), "bin/refit.cjs");

/** Not where the program is missing, or may not watch another, as in some containers. */
const canTrace = spawnSync("strace", ["-f", "-o", "/dev/null", "true"], { stdio: "ignore" }).status === 0;
const inWords = canTrace ? "" : " (skipped: strace cannot run here)";

const rows = Array.from({ length: 300 }, (_, i) => {
  const day = new Date(Date.UTC(2026, 0, 1 + Math.floor(i / 10))).toISOString().slice(0, 10);
  return `c${i % 50},${day},${i % 7},${(i * 31) % 10 < i % 7}`;
});
const files = {
  "models/churn/model.yaml": `task: binary
data: churn
target: cancelled
time: day
features: { exclude: [customer] }
candidates:
  - { learner: linear }
metrics: { primary: rocAuc }
gates: [{ metric: rocAuc, min: 0.5 }]
holdout: { fraction: 0.3, minRows: 50 }
`,
  "data-manifests/churn.yaml": `sources: [{ path: "data/churn/*.csv" }]
schema:
  fields:
    - { name: customer, type: string }
    - { name: day, type: date }
    - { name: complaints, type: integer }
    - { name: cancelled, type: boolean }
tables:
  - name: plans
    sources: [{ path: data/plans.csv }]
    schema: { fields: [{ name: customer, type: string }, { name: price, type: number }] }
views: [priced]
prepare: SELECT s.*, p.price FROM source s LEFT JOIN priced p USING (customer)
`,
  "feature-views/priced.sql": "SELECT customer, max(price) AS price FROM plans GROUP BY ALL\n",
  "data/churn/2026-01.csv": `customer,day,complaints,cancelled\n${rows.join("\n")}\n`,
  "data/plans.csv": `customer,price\n${Array.from({ length: 50 }, (_, i) => `c${i},${i}`).join("\n")}\n`,
  "data/other.csv": "not,of,this,model\n",
  "libs/t.py": "# trains\n",
  "libs/unlisted.py": "# does not\n",
  "README.md": "# A workspace\n",
  "package.json": JSON.stringify({ private: true, devDependencies: { refit: "0.1.0" } }),
};

/** Every file of a folder that a command opens, with those of all processes that it starts. */
async function readBy(command: string, model: string, root: string, env: NodeJS.ProcessEnv) {
  const log = join(await temporaryFolder(), "log");
  // Without caches of earlier runs: what they hold would not be read.
  await rm(join(root, ".git/refit"), { recursive: true, force: true });
  const options = ["-f", "-y", "-e", "trace=open,openat,creat", "-o", log, process.execPath, refit, command, model];
  const child = spawn("strace", options, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (said += part.toString()));
  const code = await new Promise((resolve) => child.once("close", resolve));
  // `-y` writes the path that a descriptor stands for: `= 21</folder/file>`.
  const opened = [...(await readFile(log, "utf8")).matchAll(/^\d+ +(.*) = \d+<(.*)>$/gm)]
    .filter(([, call]) => !call!.includes("O_DIRECTORY"))
    .map(([, , path]) => relative(root, path!));
  return { code, said, files: [...new Set(opened)].filter((file) => !file.startsWith("../")).sort() };
}

/** Of git itself: what it knows of the work tree, and what refit keeps by content. */
const isOfGit = (file: string) => file.startsWith(".git/") || file === ".gitattributes" || file === ".gitignore";

it.runIf(canTrace)(
  `what Nx may cache reads declared inputs, and no other file of the workspace${inWords}`,
  async () => {
    const { root, env, write, commit, git } = await temporaryRepository();
    for (const [file, text] of Object.entries(files)) await write(file, text);
    await commit("A workspace");
    const trained = spawnSync(process.execPath, [refit, "run", "churn"], { cwd: root, env, encoding: "utf8" });
    expect(trained.stdout).toContain("churn: proposed");
    await git("merge", "--quiet", "refit--churn");
    const program = "{ learner: command, train: [python, t.py], predict: [python, t.py], code: [libs/t.py] }";
    const spec = files["models/churn/model.yaml"].replace("{ learner: linear }", `{ learner: linear }\n  - ${program}`);
    await write("models/churn/model.yaml", spec);
    const specs = ["models/churn/model.yaml"];
    const nodes = await createNodes[1](specs, undefined, { workspaceRoot: root, nxJsonConfiguration: {} });
    const projects = Object.assign({}, ...nodes.map(([, result]) => result.projects)) as NonNullable<
      (typeof nodes)[number][1]["projects"]
    >;
    const declared = (project: string, input: string) =>
      (projects[project]!.namedInputs![input] as string[]).map((glob) => glob.replace("{workspaceRoot}/", ""));
    const matches = (file: string, globs: readonly string[]) =>
      globs.some((glob) => minimatch(file, glob, { dot: true }));

    const check = await readBy("check", "churn", root, env);
    const probes = await readBy("probes", "churn", root, env);

    expect(projects["models/churn"]!.targets!["check"]!.cache).toBe(true);
    const [sources, version] = [declared("models/churn", "modelSources"), declared("models/churn", "modelVersion")];
    expect(check).toMatchObject({ code: 0, said: expect.stringContaining("churn: 300 rows prepared") as string });
    expect(probes).toMatchObject({ code: 0, said: expect.stringContaining("churn: same predictions for") as string });
    expect(check.files.filter((file) => !isOfGit(file) && !matches(file, sources))).toEqual([]);
    expect(probes.files.filter((file) => !isOfGit(file) && !matches(file, version))).toEqual([]);
    // Neither list is empty by mistake: each input was read.
    const all = Object.keys(files).filter((file) => matches(file, sources));
    expect(all).toHaveLength(6);
    expect(check.files).toEqual(expect.arrayContaining(all));
    expect(probes.files).toContain("models/churn/champion/artifact/model.json");
  },
);
