import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual, promisify } from "node:util";
import { formatNumber, modelCard } from "@refit/core/report";
import { temporaryFolder } from "@refit/testkit";
import { pythonTool } from "@refit/testkit/python";
import { describe, expect, it, onTestFinished } from "vitest";
import { bundleFor } from "../../../runtime/test/support/bundle.ts";
import manifest from "../../package.json" with { type: "json" };
import { championScene, month, proposedScene, type Scene } from "../e2e/support/scene.ts";
import { commit, edit, folder, onProposal, verify } from "../e2e/support/verify.ts";
import { churnSpec } from "../e2e/support/churn.ts";
import { exportPackages } from "../export/support/packages.ts";

const execute = promisify(execFile);
const bin = fileURLToPath(new URL(`../../${manifest.bin.refit}`, import.meta.url));
const python = await pythonTool("export", exportPackages);
const hub = await pythonTool("hugging-face", ["huggingface-hub==2.4.0"]);
const skipped = ({ missing }: { missing: string | null }) => (missing === null ? "" : ` (SKIPPED: ${missing})`);

const card = {
  owner: "Retention team <retention@example.org>",
  use: "Ranks customers for calls.\n\nRead by *people* who call.",
  limits: "Not for prices.",
};
const cardOf = async (scene: Scene, revision = "HEAD") =>
  `${await scene.git("show", `${revision}:${folder}/README.md`)}\n`;

/** Blocks of code of a page, by language, in order. */
const blocksOf = (page: string, language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, "gm"))].map(([, code]) => code!);

/** A live version, the code of its card, and what the card says its row is answered. */
async function cardScene() {
  const scene = await championScene({ spec: { card } });
  const page = await cardOf(scene);
  const probes = JSON.parse(await scene.git("show", `HEAD:${folder}/probes.json`));
  await scene.write("rows.json", blocksOf(page, "json")[0]!);
  const [row] = JSON.parse(blocksOf(page, "json")[0]!).records;
  const place = probes.rows.findIndex((each: object) => isDeepStrictEqual(each, row));
  return { scene, page, answer: probes.answers[place][0] as number };
}

describe("the card of a version", () => {
  it("says what people say of the model, as text, and how the row on it is answered", async () => {
    const { page, answer } = await cardScene();

    expect(page).toContain("**Owner:** <code>Retention team &#60;retention&#64;<wbr>example");
    expect(page).toContain("## Intended use\n\nRanks customers for calls.\n\nRead by &#42;people&#42; who call.\n");
    expect(page).toContain("## Limits\n\nNot for prices.\n");
    expect(page).toContain(
      `<code>false</code> ${formatNumber(1 - answer)}, <code>true</code> ${formatNumber(answer)}.`,
    );
  });

  it("has commands and a program for Node that run as they stand", async () => {
    const { scene, page, answer } = await cardScene();
    const [predict, curl] = blocksOf(page, "sh").map((line) => line.trim());
    const [command, name, ...words] = predict!.split(" ").slice(1);
    await scene.write("new-rows.csv", String(month(3)["data/churn/2026-03.csv"] ?? Object.values(month(3))[0]));

    await scene.refit(command!, [name!, words[0]!], { output: words[2]! });
    expect((await readFile(path.join(scene.root, "predictions.csv"), "utf8")).split("\n")[0]).toContain("prediction");

    const code = blocksOf(page, "js")[0]!;
    const local = code.replace("@refit/runtime/node", "./node.ts").replace("@refit/runtime", "./index.ts");
    await scene.write("use.mjs", (await bundleFor("node", local, "esm")).text);
    const { stdout } = await execute(process.execPath, ["use.mjs"], { cwd: scene.root });
    expect(JSON.parse(stdout)).toEqual([1 - answer, answer]);

    const port = ["--port", "0", "--json"];
    const server = spawn(process.execPath, [bin, "serve", "churn", ...port], {
      cwd: scene.root,
      env: scene.repository.env,
    });
    onTestFinished(() => void server.kill());
    const [line] = await once(server.stdout.setEncoding("utf8"), "data");
    const { address } = JSON.parse(String(line));
    const asked = curl!.replace("http://127.0.0.1:8080", address);
    const answered = await execute("sh", ["-c", asked], { cwd: scene.root });
    expect(JSON.parse(answered.stdout).answers[0].probabilities).toEqual([1 - answer, answer]);
  });

  it.skipIf(python.python === null)(`has a program for Python that runs${skipped(python)}`, async () => {
    const { scene, page, answer } = await cardScene();
    const [, to] = /refit export churn --to (\w+)/.exec(page)!;
    await scene.refit("export", ["churn"], { to: to! });
    const exported = path.join(scene.root, "churn-onnx");
    await writeFile(path.join(exported, "rows.json"), blocksOf(page, "json")[0]!);

    const { stdout } = await execute(python.python!, ["-c", blocksOf(page, "python")[0]!], { cwd: exported });

    expect(Number(stdout.replace(/[^0-9.e-]/g, ""))).toBeCloseTo(answer, 8);
    await rm(path.join(exported, "rows.json"));
    await scene.refit("export", ["churn"], { to: to! });
  });

  it.skipIf(hub.python === null)(`is one that the Hugging Face hub reads${skipped(hub)}`, async () => {
    const { page } = await cardScene();
    const metrics = JSON.parse(await (await championScene()).git("show", `HEAD:${folder}/metrics.json`)).holdout;
    const home = await temporaryFolder();
    const odd = { yes: 1e-7, off: 1e21, profit: -2, e1: 0.5 };
    const cards = [page, oddCard(odd)];
    const files = cards.map((_, place) => path.join(home, `card-${place}.md`));
    await Promise.all(cards.map((text, place) => writeFile(files[place]!, text)));

    const script = fileURLToPath(new URL("hugging_face.py", import.meta.url));
    const env = { ...process.env, HF_HUB_OFFLINE: "1", HF_HOME: home };
    const { stdout } = await execute(hub.python!, [script, ...files], { env });

    const [real, made] = JSON.parse(stdout);
    expect(real).toMatchObject({ name: "churn", library: "refit", tags: ["tabular-classification"], text: "# churn" });
    expect(Object.fromEntries(real.metrics)).toEqual(metrics);
    expect(made).toMatchObject({ name: "2026-11-30", dataset: [["1e5", "1e5"]], metrics: Object.entries(odd) });
  });
});

/** With names and numbers that YAML could take for something else. */
function oddCard(metrics: Readonly<Record<string, number>>): string {
  const rows = Object.entries(metrics).map(([metric, challenger]) => ({ metric, challenger }));
  return modelCard({
    folder: "models/2026-11-30/champion",
    spec: { task: "regression", data: "1e5", target: "y" },
    lineage: {
      model: "2026-11-30",
      learner: { name: "command", algorithmVersion: 1, settings: {} },
      holdout: { rows: 9, from: null, to: null, trainedUntil: null },
      trainedUntil: null,
      inputDigest: "0".repeat(64),
    },
    evaluation: { metrics: rows },
    features: { inputs: [], target: { name: "y", task: "regression", classes: null } },
    probes: null,
  } as unknown as Parameters<typeof modelCard>[0]);
}

describe("what people say of a model", () => {
  const said = (words: object) => ({ "models/churn/model.yaml": { ...churnSpec, card: words } });

  it("retrains nothing, and is in the next version", async () => {
    const scene = await championScene();
    await scene.land(said(card));

    expect((await scene.run()).decision).toBe("skipped");
    scene.at("2026-06-05T00:00:00Z");
    await scene.land(month(3));
    expect((await scene.run()).decision).toBe("proposed");
    expect(await cardOf(scene, "refit--churn")).toContain("Not for prices.");
  });

  it("is that of the commit that a version was made from, when it is made again", async () => {
    const scene = await proposedScene({ spec: { card } });
    await scene.land(said({ ...card, limits: "For nothing." }));

    await scene.git("switch", "--quiet", "refit--churn");
    expect(await verify(scene)).toMatchObject({ result: "valid", problems: [] });
    await scene.git("rebase", "--quiet", "main");
    expect(await verify(scene)).toMatchObject({ result: "valid", problems: [] });

    await scene.git("switch", "--quiet", "main");
    await scene.merge("squash");
    expect(JSON.parse((await scene.refit("reproduce", ["churn"], { json: true })).stdout)).toMatchObject({
      result: "same",
    });
  });

  it("cannot be taken out of a proposal", async () => {
    const scene = await onProposal({ spec: { card } });
    await edit(scene, "lineage.json", ({ card: _card, ...old }: { card: object }) => old);
    await commit(scene);

    expect(await verify(scene)).toMatchObject({ result: "failed" });
  });

  it("may be in a version whose card does not say yet how to use it", async () => {
    const scene = await onProposal({ spec: { card } });
    const page = await cardOf(scene);
    const older = page.replace(/## How to use it\n[^]*\n\n(?=Where it comes)/, "");
    expect(older.length).toBeLessThan(page.length - 500);
    await scene.write(`${folder}/README.md`, older);
    const digest = { bytes: Buffer.byteLength(older), sha256: createHash("sha256").update(older).digest("hex") };
    await edit(scene, "lineage.json", (old: { files: object }) => ({
      ...old,
      files: { ...old.files, "README.md": digest },
    }));
    await commit(scene);

    expect(await verify(scene)).toMatchObject({ result: "valid", problems: [] });
  });
});
