import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readText, root } from "../src/repository.ts";
import { installInto, packAll, readJson, removeFolders, shellIn, typeCheck, type Shell } from "./support.ts";

/** Made-up customers, of whom those that complain leave. */
const rows = Array.from({ length: 900 }, (_, i) => {
  const day = new Date(Date.UTC(2026, 0, 1) + i * 21_600_000).toISOString().slice(0, 10);
  const complaints = (i * 7919) % 5;
  return `c${i},${day},${complaints},${(i * 104_729) % 100},${(i * 31) % 10 < complaints * 2}`;
});
const csv = `customer,signed_up,complaints,hours_used,cancelled\n${rows.join("\n")}\n`;

const page = readText("docs/nx.md");
const [, begin, changes] = [...page.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, code]) => code!);

interface Graph {
  readonly graph: {
    readonly nodes: Readonly<
      Record<string, { readonly data: { readonly metadata: { readonly description: string } } }>
    >;
    readonly dependencies: Readonly<Record<string, readonly { readonly target: string }[]>>;
  };
}

let folder: string;
let shell: Shell;
const write = async (file: string, text: string) => {
  await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
  await writeFile(path.join(folder, file), text);
};
const affectedBy = async (...files: string[]): Promise<readonly string[]> =>
  JSON.parse(await nx("show", "projects", "--affected", `--files=${files.join(",")}`, "--json")) as string[];
const nx = async (...words: string[]) => shell("npx", ["--no", "--", "nx", ...words]);

/** Another Nx than this repository has; its types stand elsewhere. */
const otherVersion = process.env["REFIT_NX_VERSION"];
const isOther = otherVersion !== undefined;

/** As a newcomer would: a repository with a library, data, and Nx as this repository has it, or in another version (`npm run test:nx`). */
beforeAll(async () => {
  const { devDependencies } = (await readJson(path.join(root, "package.json"))) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  const tarballs = await packAll();
  const version = otherVersion ?? devDependencies["nx"];
  const made = await installInto([tarballs.refit, tarballs.nx, `nx@${version}`], process.execPath, ["--save-dev"]);
  folder = made.folder;
  const plain = shellIn(folder);
  const settings = 'export NX_DAEMON=false NX_NO_CLOUD=true; exec "$@"';
  shell = async (command, args) => plain("sh", ["-c", settings, "sh", command, ...args]);

  const manifest = (await readJson(path.join(folder, "package.json"))) as object;
  await write("package.json", JSON.stringify({ ...manifest, workspaces: ["libs/*"] }));
  await write("nx.json", JSON.stringify({ analytics: false, neverConnectToCloud: true }));
  await write(".gitignore", "node_modules\n.nx\n");
  await write("libs/features/package.json", JSON.stringify({ name: "features", version: "0.0.0" }));
  await write("libs/features/features.py", "# shared by programs\n");
  await write("data/customers.csv", csv);
  await shell("git", ["init", "--quiet"]);
  await shell("git", ["add", "-A"]);
  await shell("git", ["commit", "--quiet", "-m", "A workspace"]);
});
afterAll(removeFolders);

/** Several commands of Nx, each of which builds its graph anew. */
const story = { timeout: 900_000 };

describe("in a workspace of Nx", () => {
  it("what docs/nx.md begins with makes a model, and proposes its first version", story, async () => {
    const said = await shell("sh", ["-ec", begin!]);

    expect(said).toContain("CREATE models/customers/model.yaml");
    expect(said).toContain("refit check customers");
    expect(said).toContain("customers: proposed");
    expect(JSON.parse(await readFile(path.join(folder, "nx.json"), "utf8"))).toMatchObject({ plugins: ["@refit/nx"] });
  });

  it(
    "what rests on files alone comes from the cache, also after a merged retraining, and is made anew where they change",
    story,
    async () => {
      const hit = "from the cache instead of running the command for 1 out of 1 task";
      await shell("git", ["merge", "--quiet", "refit--customers"]);
      expect(await nx("run", "models/customers:check")).toContain(hit);
      expect(await nx("run", "models/customers:predict-probes")).toMatch(
        /customers: same predictions for \d+ probe rows/,
      );
      expect(await nx("run", "models/customers:predict-probes")).toContain(hit);

      await appendFile(path.join(folder, "data-manifests/customers.yaml"), "# a word more\n");
      const models = ["affected", "-t", "check", "predict-probes", "--exclude=*,!tag:refit:model"];
      const changed = await nx(...models, "--files=data-manifests/customers.yaml");
      // Nx 24 leaves out a target whose inputs have not changed; earlier ones take it from the cache.
      expect(changed).toMatch(/command for 1 out of 2 tasks|Running target check for project models\/customers/);
      expect(await nx(...models, "--files=docs/x.md")).toContain("No tasks were run");
      expect(await nx("run", "models/customers:retrain")).not.toContain("from the cache");
      await shell("git", ["checkout", "--quiet", "."]);
    },
  );

  it("each generator does nothing a second time, and --dry-run never does", story, async () => {
    await shell("git", ["status", "--porcelain"]).then((status) => expect(status).toBe(""));
    await nx("g", "@refit/nx:init");
    await nx("g", "@refit/nx:model", "--data=data/customers.csv", "--target=cancelled", "--time=signed_up");
    const said = await nx("g", "@refit/nx:workflow", "--action=acme/refit@v1", "--dry-run");

    expect(said).toContain("CREATE .github/workflows/refit.yml");
    expect(await shell("git", ["status", "--porcelain"])).toBe("");
  });

  it("the graph has models with the libraries of their code, and a broken one harms no other", story, async () => {
    const code = "candidates: [{ learner: command, train: [python, t.py], code: [libs/features/features.py] }]";
    await write("models/eu/churn/model.yaml", `task: binary\ndata: churn\ntarget: cancelled\n${code}\n`);
    await write("data-manifests/churn.yaml", "sources: [{ path: data/eu/*.csv }]\n");
    await write("models/broken/model.yaml", "task: binary\ndata: [x\nfoo: 1\n");
    const file = path.join(folder, ".nx/graph.json");
    await nx("graph", `--file=${file}`);
    const { graph } = (await readJson(file)) as Graph;

    expect(Object.keys(graph.nodes).toSorted()).toEqual([
      "features",
      "models/broken",
      "models/customers",
      "models/eu/churn",
    ]);
    expect(graph.dependencies["models/eu/churn"]).toMatchObject([{ target: "features" }]);
    expect(graph.nodes["models/broken"]!.data.metadata.description).toMatch(/^models\/broken\/model\.yaml:3:1: /);
    await expect(nx("run", "models/broken:check")).rejects.toThrow(
      "models/broken/model.yaml:3:1: cannot be read as YAML",
    );
  });

  it.each([
    ["data-manifests/churn.yaml", ["models/eu/churn"]],
    ["data/eu/2026-01.csv", ["models/eu/churn"]],
    ["libs/features/features.py", ["features", "models/eu/churn"]],
    ["docs/x.md", []],
  ])("a change of %s concerns exactly %j", async (file, projects) => {
    expect([...(await affectedBy(file))].toSorted()).toEqual(projects);
  });

  it("what docs/nx.md says of changes is so", story, async () => {
    const lines = changes!
      .trim()
      .split("\n")
      .map((line) => /^(.*?)(?: +# (.*))?$/.exec(line)!);
    expect(lines).toHaveLength(4);
    await shell("git", ["clean", "-qfd", "models", "data-manifests"]);
    for (const [, command, expected] of lines.filter(([, , note]) => note !== undefined)) {
      expect((await shell("sh", ["-ec", command!])).trim()).toBe(expected === "nothing" ? "" : expected);
    }
    await appendFile(path.join(folder, "data/customers.csv"), "c900,2026-08-20,1,5,false\n");
    await shell("git", ["commit", "-qam", "A customer more"]);

    expect(await shell("sh", ["-ec", lines.at(-1)![1]!])).toMatch(
      /Successfully ran target retrain for project models\/customers/,
    );
  });

  it.skipIf(isOther)("its types are those that Nx has for plugins", async () => {
    const source = `import type { NxPlugin } from "nx/src/devkit-exports.js";
import * as plugin from "@refit/nx";
export const all: NxPlugin = plugin;
// @ts-expect-error: were the types \`any\`, this would pass
export const wrong: string = plugin.createNodes;
`;

    expect(await typeCheck(folder, source, { skipLibCheck: true })).toBe("");
  });
});
