import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import path from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readText, root } from "../src/repository.ts";
import {
  emptyFolder,
  installInto,
  node24,
  packAll,
  published,
  readJson,
  removeFolders,
  shellIn,
  typeCheck,
} from "./support.ts";

type Folder = keyof typeof published;
const folders = Object.keys(published) as Folder[];

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, unknown>>;
}

/** What the exports of a package name for `import`. */
function specifiers({ name, exports }: Manifest): string[] {
  const parts = Object.keys(exports).filter((key) => !key.includes("*") && key !== "./package.json");
  return parts.map((part) => name + part.slice(1));
}

/** Of a stranger who uses what the packages export. */
const program = `import type { Learner } from "@refit/core/runtime";
import { formatNumber } from "@refit/core/report";
import { learners } from "@refit/tabular";
import type { ToldRun, Verification } from "refit/json";

export const learner: Learner = learners.gbdt;
export const text: string = formatNumber(0.5);
export function first(outcomes: readonly ToldRun[]): string {
  const [outcome] = outcomes;
  return outcome?.decision === "blocked" ? outcome.findings[0]!.code : (outcome?.model ?? "none");
}
export const result: Verification["result"] = "valid";
// @ts-expect-error: were the types \`any\`, this would pass
export const wrong: ToldRun = { decision: "no such decision" };
`;

/** Of a stranger who writes types, and so could not be run as JavaScript. */
const typedNetwork = `interface Build {
  readonly tf: any;
  readonly numbers: number;
  readonly categories: readonly number[];
  readonly outputs: number;
  readonly seed: number;
}

export function build({ tf, numbers, categories, outputs, seed }: Build): object {
  const inputs = [tf.input({ shape: [numbers] }), ...categories.map(() => tf.input({ shape: [1], dtype: "int32" }))];
  const initial = tf.initializers.randomUniform({ seed });
  const embed = (input: unknown, i: number): unknown =>
    tf.layers.flatten().apply(tf.layers.embedding({ inputDim: categories[i]!, outputDim: 2, embeddingsInitializer: initial }).apply(input));
  const parts: unknown[] = [inputs[0], ...inputs.slice(1).map(embed)];
  const all = parts.length > 1 ? tf.layers.concatenate().apply(parts) : parts[0];
  const kernelInitializer = tf.initializers.glorotNormal({ seed });
  return tf.model({ inputs, outputs: tf.layers.dense({ units: outputs, kernelInitializer }).apply(all) });
}
`;

/** The same question, answered by other candidates. */
function withCandidates(spec: string, candidates: string): string {
  return spec.replace(/^candidates:.*\n(?:[ -].*\n|\n)*/m, candidates);
}

let tarballs: Record<Folder, string>;
beforeAll(async () => {
  tarballs = await packAll();
});
afterAll(removeFolders);

describe.each(folders)("the package in packages/%s", (folder) => {
  it("pleases publint", async () => {
    const manifest = (await readJson(path.join(root, "packages", folder, "package.json"))) as Record<string, unknown>;
    const bytes = await readFile(tarballs[folder]);
    const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    const { messages } = await publint({ pack: { tarball }, strict: true });

    expect(messages.map((message) => formatMessage(message, manifest, { color: false }))).toEqual([]);
  });

  it("has types that resolve as its code does", async () => {
    const attw = path.join(root, "node_modules/@arethetypeswrong/cli/dist/index.js");
    const args = [attw, tarballs[folder], "--profile", "esm-only", "--format", "ascii", "--no-color"];

    expect(await shellIn(root)(process.execPath, args)).toContain(`${published[folder]} v`); // else it ends with 1
  });

  it("brings its licence, and says what it is", async () => {
    const [licence, readme] = await Promise.all(
      ["LICENSE", "README.md"].map(async (file) => shellIn(root)("tar", ["xzOf", tarballs[folder], `package/${file}`])),
    );

    expect(licence).toBe(readText("LICENSE"));
    expect(readme).toContain(`# ${published[folder]}\n`);
  });
});

describe("the types of the packages", () => {
  it("are enough for a program that is checked strictly", async () => {
    const { folder } = await installInto(Object.values(tarballs), process.execPath);
    const all = await Promise.all(
      ["core", "tabular", "tfjs", "runtime", "serve"].map(async (each) =>
        readJson(path.join(root, "packages", each, "package.json")),
      ),
    );
    const names = all.flatMap((manifest) => specifiers(manifest as Manifest));
    const uses = names.map((name, i) => `import * as part${i} from "${name}";\nvoid part${i};`);

    expect(await typeCheck(folder, `${uses.join("\n")}\n${program}`, { lib: ["es2023", "dom"] })).toBe("");
  });

  it("of what the command prints are those of its sources", async () => {
    const names = [
      "Diagnosis",
      "ToldHandOver",
      "ToldMaterialized",
      "ToldCheck",
      "Reproduction",
      "RollbackProposal",
      "ToldRun",
      "StatusRow",
      "TagResult",
      "Verification",
    ];
    const dist = path.join(root, "packages/refit/dist");
    const pairs = names.map(
      (name) => `export const a${name} = (value: Source.${name}): Packed.${name} => value;
export const b${name} = (value: Packed.${name}): Source.${name} => value;`,
    );
    const source = `import type * as Source from ${JSON.stringify(path.join(dist, "commands/json.d.ts"))};
import type * as Packed from ${JSON.stringify(path.join(dist, "json.d.ts"))};
${pairs.join("\n")}\n`;

    expect(await typeCheck(await emptyFolder(), source, { skipLibCheck: true })).toBe("");
  });
});

const newest = node24();
describe.each([
  ["this Node", process.execPath],
  [newest === null ? "Node 24, which is not here: `.ci/run` brings it" : "Node 24", newest],
])("in an empty project, with %s", (_name, found) => {
  const node = found ?? "";
  let project: { readonly folder: string; readonly said: string };
  beforeAll(async () => {
    if (found !== null) project = await installInto(Object.values(tarballs), node);
  });

  it.skipIf(found === null)("asks the registry for nothing that is bundled or pinned away", async () => {
    const { packages } = (await readJson(path.join(project.folder, "package-lock.json"))) as {
      packages: Record<string, { version?: string }>;
    };
    const installed = Object.keys(packages).map((key) => key.split("node_modules/").at(-1));

    expect(`${project.said}\n${installed.join("\n")}`).not.toMatch(/wk-geojson|octokit|testkit|node_modules\/yaml/);
    expect(installed.filter((each) => each === "@uwdata/flechette")).toHaveLength(1);
    expect(packages["node_modules/@uwdata/flechette"]?.version).toBe("2.4.0");
  });

  it.skipIf(found === null)("imports everything that the packages export", async () => {
    const all: string[] = [];
    for (const each of Object.values(published)) {
      const file = path.join(project.folder, "node_modules", each, "package.json");
      all.push(...specifiers((await readJson(file)) as Manifest));
    }
    const code = `for (const name of ${JSON.stringify(all)}) { await import(name); console.log(name); }`;
    const said = await shellIn(project.folder, node)("node", ["--input-type=module", "-e", code]);

    expect(said.trim().split("\n")).toEqual(all);
    expect(all).toEqual(expect.arrayContaining(["refit/json", "@refit/core/report", "@refit/tabular"]));
  });

  it.skipIf(found === null)("trains and proposes a first model", async () => {
    const shell = shellIn(project.folder, node);
    const { version } = (await readJson(path.join(root, "packages/refit/package.json"))) as Manifest;
    expect((await shell("npx", ["--no", "--", "refit", "--version"])).trim()).toBe(version);
    expect(await shell("npx", ["--no", "--", "refit", "explain", "unit-change"])).toContain("unit-change (finding)");

    await shell("git", ["init", "--quiet"]);
    await shell("npx", ["--no", "--", "refit", "init", "--example"]);
    await shell("git", ["add", "--", ".gitattributes", "data", "data-manifests", "models"]);
    await shell("git", ["commit", "--quiet", "-m", "Predict subscriptions"]);
    const said = await shell("npx", ["--no", "--", "refit", "run"]);

    expect(said).toContain("subscriptions: proposed");
    const files = await shell("git", ["ls-tree", "-r", "--name-only", "refit--subscriptions", "--", "models"]);
    expect(files).toContain("models/subscriptions/champion/lineage.json");
  });

  it.skipIf(found === null)("plays the demo, with the data that the package brings", async () => {
    const folder = await emptyFolder();
    const said = await shellIn(project.folder, node)("npx", ["--no", "--", "refit", "demo", folder]);

    expect(said).toMatch(/^ {4}birdstrikes: suppressed: [^]*The repository is yours to try things in/m);
    expect(await shellIn(folder, node)("git", ["log", "--format=%s", "-1"])).toContain("Revert");
  });

  it.skipIf(found === null)(
    "trains a network that a file in TypeScript builds, where this Node runs TypeScript",
    async () => {
      const shell = shellIn(project.folder, node);
      const spec = await shell("git", ["show", "HEAD:models/subscriptions/model.yaml"]);
      const code = "models/networks/model.ts";
      const candidates = `candidates: [{ learner: tfjs, code: [${code}], epochs: 2 }]\n`;
      await mkdir(path.join(project.folder, "models/networks"));
      await writeFile(path.join(project.folder, code), typedNetwork);
      await writeFile(path.join(project.folder, "models/networks/model.yaml"), withCandidates(spec, candidates));

      const ran = shell("npx", ["--no", "--", "refit", "run", "networks", "--dry-run"]);

      const [major] = (await shell("node", ["--version"])).slice(1).split(".").map(Number);
      if (major! >= 23) expect(await ran).toMatch(/tfjs.*\(challenger\)/);
      else await expect(ran).rejects.toThrow(/model\.ts is TypeScript, which Node \d+\.\d+\.\d+ cannot run/);
    },
  );

  it.skipIf(found === null)("answers with the version that was merged", async () => {
    const shell = shellIn(project.folder, node);
    const folder = "models/subscriptions/champion";
    const code = `import { loadVersion } from "@refit/runtime";
import { fromFolder, fromGit } from "@refit/runtime/node";
const { read, treeId } = await fromGit({ repository: ".", revision: "refit--subscriptions", folder: "${folder}" });
const version = await loadVersion(read, { treeId });
const record = Object.fromEntries(version.inputs.map(({ name }) => [name, null]));
console.log(JSON.stringify(await version.predict(record)), fromFolder.name);`;
    const said = await shell("node", ["--input-type=module", "-e", code]);
    const id = (await shell("git", ["rev-parse", `refit--subscriptions:${folder}`])).trim();

    expect(JSON.parse(said.slice(0, said.lastIndexOf("}") + 1))).toMatchObject({ kind: "class", treeId: id });
  });

  it.skipIf(found === null)("answers over HTTP with that version", async () => {
    const shell = shellIn(project.folder, node);
    const code = `import { loadVersion } from "@refit/runtime";
import { fromGit } from "@refit/runtime/node";
import { createApp, pinned } from "@refit/serve";
import { listen } from "@refit/serve/node";
const folder = "models/subscriptions/champion";
const version = await loadVersion((await fromGit({ repository: ".", revision: "refit--subscriptions", folder })).read);
const { address, close } = await listen(createApp([pinned(version)]), { port: 0 });
const columns = Object.fromEntries(version.inputs.map(({ name }) => [name, [null]]));
const answer = await fetch(address + "/models/subscriptions/predict", { method: "POST", body: JSON.stringify({ columns }) });
console.log(await answer.text());
await close();`;
    const id = (await shell("git", ["rev-parse", "refit--subscriptions:models/subscriptions/champion"])).trim();

    expect(JSON.parse(await shell("node", ["--input-type=module", "-e", code]))).toMatchObject({
      treeId: id,
      answers: [{ kind: "class" }],
    });
  });

  it.skipIf(found === null)("makes that model again, byte by byte, on the oldest and the newest Node", async () => {
    await shellIn(project.folder, node)("git", ["merge", "--quiet", "refit--subscriptions"]);

    for (const other of new Set([process.execPath, newest ?? process.execPath])) {
      const said = await shellIn(project.folder, other)("npx", ["--no", "--", "refit", "reproduce", "subscriptions"]);
      expect(said).toMatch(/^subscriptions v1: same\. Made again from [0-9a-f]{10}: all \d files are equal\.$/m);
    }
  });
});

it.each(["core", "tabular", "tfjs", "runtime", "serve", "nx"])(
  "the README in packages/%s names everything that can be imported",
  async (folder) => {
    const manifest = (await readJson(path.join(root, "packages", folder, "package.json"))) as Manifest;
    const readme = readText(`packages/${folder}/README.md`);

    expect(
      specifiers(manifest).filter((name) => !readme.includes(`\`${name}\``) && !readme.includes(`"${name}"`)),
    ).toEqual([]);
  },
);

describe("the command in its package", () => {
  it("names what it loads from other packages as its dependencies, and nothing else", async () => {
    const { dependencies } = (await readJson(path.join(root, "packages/refit/package.json"))) as Manifest;
    const bundle = path.join(root, "packages/refit/dist/bundle");
    const texts = await Promise.all(
      (await readdir(bundle)).map(async (file) => readFile(path.join(bundle, file), "utf8")),
    );
    // `createRequire(import.meta.url)("…")` ends in `.href)("…")` when it is bundled.
    const loaded = texts.flatMap((text) => [...text.matchAll(/(?:\brequire|\bimport|\.href\))\("([^".][^"]*)"\)/g)]);
    const packages = new Set(loaded.map(([, name]) => name!).filter((name) => !isBuiltin(name)));

    expect([...packages].toSorted()).toEqual(Object.keys(dependencies).filter((name) => name !== "@uwdata/flechette"));
  });
});
