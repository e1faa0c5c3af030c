import { appendFile, cp, mkdir, rename } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readText, root } from "../src/repository.ts";
import { emptyFolder, node24, packAll, removeFolders, shellIn, type Shell } from "./support.ts";

const page = readText("examples/monorepo/README.md");

/** The commands that the page has under a word. */
const commands = (word: string) => page.match(new RegExp(`^\`\`\`sh ${word}\n([\\s\\S]*?)\`\`\``, "m"))![1]!;

const models = ["apps/planner/heat", "models/late-flights", "models/rain"];

/** The page pins one; `npm run test:nx` tries others. */
const pinned = /create-nx-workspace@(\S+)/.exec(page)![1]!;
const version = process.env["REFIT_NX_VERSION"] ?? pinned;

/** The example has a program in TypeScript, which older ones do not run. */
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const node = major > 22 || (major === 22 && minor >= 18) ? process.execPath : node24();
if (node === null)
  console.warn("\n!!! No Node from 22.18 on is here (.ci/run brings one): examples/monorepo is NOT tested. !!!\n");

let above: string;
let shell: Shell;

/** One shell for each step, in the workspace. */
const said = async (script: string) =>
  shell("sh", ["-ec", `export NX_DAEMON=false NX_NO_CLOUD=true\nexec 2>&1\ncd '${above}/acme'\n${script}`]);

/** Several commands of Nx, each of which builds its graph anew. */
const story = { timeout: 900_000 };

describe.skipIf(node === null)("examples/monorepo, in a workspace that Nx has made", () => {
  beforeAll(async () => {
    above = await emptyFolder();
    shell = shellIn(above, node!);
    const tarballs = await packAll();
    await mkdir(path.join(above, "refit/examples"), { recursive: true });
    await cp(path.join(root, "examples/monorepo"), path.join(above, "refit/examples/monorepo"), { recursive: true });
    for (const tarball of [tarballs.refit, tarballs.nx])
      await rename(tarball, path.join(above, "refit", path.basename(tarball)));
    const begin = commands("begin").replace(pinned, version);
    await shell("sh", [
      "-ec",
      `export NX_DAEMON=false NX_NO_CLOUD=true npm_config_yes=true npm_config_prefer_offline=true\n${begin}`,
    ]);
  }, 900_000);
  afterAll(removeFolders);

  it("models and library are projects, and every check comes from the cache a second time", story, async () => {
    const [projects, check] = commands("look").trim().split("\n");
    expect((await said(projects!)).trim().split("\n").toSorted()).toEqual([...models, "weather-features"]);

    expect(await said(check!)).toContain("Successfully ran target check for 3 projects");
    expect(await said(check!)).toContain("from the cache instead of running the command for 3 out of 3 tasks");
  });

  it("a change concerns what the page says, and nothing else", story, async () => {
    const lines = commands("affected")
      .trim()
      .split("\n")
      .map((line) => line.split(" # "));
    expect(lines).toHaveLength(4);
    for (const [command, expected] of lines) {
      const projects = (await said(command!)).trim().split("\n").toSorted().join(" ");
      expect(projects).toBe(expected === "nothing" ? "" : expected);
    }
    await appendFile(path.join(above, "acme/data-manifests/flights.yaml"), "# a word more\n");
    const check = "npx nx affected -t check --exclude='*,!tag:refit:model' --files=data-manifests/flights.yaml";
    expect(await said(check)).toMatch(/Successfully ran target check for (?:1 project|project models\/late-flights)/);
    await said("git checkout --quiet .");
  });

  it("the first run proposes all models; merged, another one retrains nothing", story, async () => {
    const [first, merge, again] = commands("train").trim().split("\n");
    expect(await said(first!)).toContain("3 models: 3 proposed.");
    await said(merge!);

    const second = await said(again!.split(" # ")[0]!);
    expect(second).toContain("3 models: 3 skipped.");
    expect(second).not.toContain("Training");
    const retrain = await said("npx nx run-many -t retrain --output-style=static");
    expect(retrain.match(/^.*: skipped: nothing has changed since the champion was trained\.$/gm)).toHaveLength(3);
    expect(await said("npx nx run-many -t check")).toContain(
      "from the cache instead of running the command for 3 out of 3 tasks",
    );
    expect(await said("npx nx run-many -t predict-probes --output-style=static")).toMatch(
      /rain: same predictions for \d+ probe rows/,
    );
  });

  it("a file of data more is new for its model alone", story, async () => {
    const rows = Array.from({ length: 120 }, (_, i) => `2001-04-0${1 + (i % 7)} 0${i % 10}:30,LAX,SJC,308,${i % 40}`);
    const csv = ["departure,origin,destination,distance,delay", ...rows].join("\n");
    await appendFile(path.join(above, "acme/data/flights/2001-04.csv"), `${csv}\n`);
    await said("git add -A && git commit --quiet -m 'April'");

    const affected = (await said("npx nx show projects --affected --base=HEAD~1")).trim();
    expect(affected).toBe("models/late-flights");
    const run = await said(
      `npx --no -- refit run --all --dry-run --now ${new Date(Date.now() + 259_200_000).toISOString()} || true`,
    );
    expect(run).toContain("late-flights: Training");
    expect(run.match(/^.*: skipped: nothing has changed since the champion was trained\.$/gm)).toHaveLength(2);
  });
});
