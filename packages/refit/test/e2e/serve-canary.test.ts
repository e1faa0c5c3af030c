import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { predictionLine } from "@refit/core/production";
import { canaryBucket } from "../../../serve/src/index.ts";
import manifest from "../../package.json" with { type: "json" };
import { championScene, month, type Scene } from "./support/scene.ts";

const bin = fileURLToPath(new URL(`../../${manifest.bin.refit}`, import.meta.url));
const model = "models/churn";
const customers = Array.from({ length: 30 }, (_, i) => `c${i}`);
const row = { day: "2026-01-20", plan: "plus", hours: 3.5, complaints: 2 };
const raw = { ...row, hours: "3.5", complaints: "2" };
const rollout = (percent: number) =>
  `percent: ${percent}\nsteps: [5, 50]\nminLabels: 200\nmaxDays: 28\nmargin: 0.01\noutcome: independent\nloss: brier\n`;

interface Server {
  readonly address: string;
  readonly said: () => string;
  end(): Promise<unknown>;
}

async function serving({ repository: { root, env } }: Scene, words: readonly string[]): Promise<Server> {
  const server = spawn(process.execPath, [bin, "serve", "churn", "--port", "0", "--poll", "1", "--json", ...words], {
    cwd: root,
    env,
  });
  onTestFinished(() => void server.kill("SIGKILL"));
  const ended = once(server, "exit");
  let said = "";
  server.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const listening = once(server.stdout.setEncoding("utf8"), "data") as Promise<[string]>;
  const [line] = await Promise.race([listening, ended.then(() => expect.fail(said))]);
  const end = async () => {
    server.kill("SIGTERM");
    return ended;
  };
  return { address: (JSON.parse(line) as { readonly address: string }).address, said: () => said, end };
}

interface Answer {
  readonly treeId: string;
  readonly arm?: string;
  readonly sticky?: boolean;
}

async function ask({ address }: Server, body: object): Promise<Answer> {
  const response = await fetch(`${address}/models/churn/predict`, { method: "POST", body: JSON.stringify(body) });
  expect(response.status).toBe(200);
  return (await response.json()) as Answer;
}

async function canaryOf({ address }: Server): Promise<unknown> {
  const { models } = (await (await fetch(`${address}/models`)).json()) as { models: { canary?: unknown }[] };
  return models[0]!.canary;
}

/** Another version on the branch of a proposal, of which nothing is merged. */
async function proposed(scene: Scene): Promise<string> {
  await scene.land({ ...month(3) });
  await scene.run({ force: "another version" });
  return scene.git("rev-parse", `refit--churn:${model}/champion`);
}

it("refit serve asks the canary that the base branch has, for the share that rollout.yaml says, and the champion alone once it is gone", async () => {
  const scene = await championScene({ spec: { key: "customer" } });
  const treeId = await proposed(scene);
  const champion = await scene.git("rev-parse", `main:${model}/champion`);
  const server = await serving(scene, ["--log", "answers", "--log-keys", "plain", "--canary-limit", "60000"]);
  expect(await ask(server, { records: [{ ...row, customer: "c1" }] })).not.toHaveProperty("arm");

  await scene.git("read-tree", "-u", `--prefix=${model}/canary/`, treeId);
  await scene.land({ [`${model}/rollout.yaml`]: rollout(50) }, "Start a canary");
  const asked = { treeId, percent: 50, ready: true, stopped: null };
  await expect.poll(() => canaryOf(server), { timeout: 30_000 }).toEqual(asked);
  for (const [i, customer] of customers.entries()) {
    const isCanary = canaryBucket(treeId, customer) < 0.5;
    const body = i % 2 === 0 ? { records: [{ ...row, customer }] } : { input: "raw", records: [{ ...raw, customer }] };
    const by = isCanary ? { arm: "canary", treeId } : { arm: "champion", treeId: champion };
    expect(await ask(server, body)).toMatchObject({ ...by, sticky: true });
  }
  expect(server.said()).toContain(`Its canary (tree ${treeId}) answers 50 % of the keys.`);

  await scene.land({ [`${model}/rollout.yaml`]: rollout(60) });
  await expect.poll(() => canaryOf(server), { timeout: 30_000 }).toEqual({ ...asked, percent: 0 });
  expect(await ask(server, { records: [{ ...row, customer: "c1" }] })).toMatchObject({ arm: "champion" });
  expect(server.said()).toContain(`percent counts as 0: ${model}/rollout.yaml:1:10: percent: must be one of steps`);

  await scene.land({ [`${model}/rollout.yaml`]: rollout(5), [`${model}/canary/features.json`]: "{}\n" });
  await expect.poll(() => canaryOf(server), { timeout: 30_000 }).toMatchObject({ ready: false });
  expect(await ask(server, { records: [{ ...row, customer: "c1" }] })).not.toHaveProperty("arm");
  expect(server.said()).toContain("Its canary could not be loaded, and answers nobody:");

  await scene.git("rm", "-r", "--quiet", `${model}/canary`, `${model}/rollout.yaml`);
  await scene.land({}, "Stop the canary");
  await expect.poll(() => canaryOf(server), { timeout: 30_000 }).toBe(undefined);
  expect(await server.end()).toEqual([0, null]);

  const folder = path.join(scene.root, "answers/churn");
  const texts = await Promise.all((await readdir(folder)).map((name) => readFile(path.join(folder, name), "utf8")));
  const lines = texts
    .flatMap((text) => text.trimEnd().split("\n"))
    .map((text) => predictionLine.strict().parse(JSON.parse(text)));
  const both = lines.filter(({ arm }) => arm !== undefined);
  expect(both).toHaveLength(customers.length + 1);
  expect(new Set(both.map(({ arm }) => arm))).toEqual(new Set(["champion", "canary"]));
  for (const line of both) {
    const [mine, other] = line.arm === "canary" ? [treeId, champion] : [champion, treeId];
    expect([line.version, line.other?.version]).toEqual([mine, other]);
  }
  expect(lines).toHaveLength(customers.length + 3);
});
