import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { predictionLine } from "@refit/core/production";
import manifest from "../../package.json" with { type: "json" };
import { churnManifest } from "./support/churn.ts";
import { refitProcess } from "./support/cli.ts";
import { rawManifest } from "./support/raw-manifest.ts";
import { championScene, type Scene } from "./support/scene.ts";

const bin = fileURLToPath(new URL(`../../${manifest.bin.refit}`, import.meta.url));

type Line = ReturnType<typeof predictionLine.parse>;

interface Server {
  readonly said: () => string;
  /** @returns the lines of its log, once it has ended. */
  end(): Promise<Line[]>;
  ask(body: object, id: string): Promise<Record<string, unknown>>;
}

async function serving({ repository: { root, env } }: Scene, words: readonly string[], salt?: string): Promise<Server> {
  const args = [bin, "serve", "churn", "--port", "0", "--poll", "1", "--json", "--log", "answers", ...words];
  const own = salt === undefined ? env : { ...env, REFIT_LOG_SALT: salt };
  const server = spawn(process.execPath, args, { cwd: root, env: own });
  onTestFinished(() => void server.kill("SIGKILL"));
  const ended = once(server, "exit");
  let said = "";
  server.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const listening = once(server.stdout.setEncoding("utf8"), "data") as Promise<[string]>;
  const [line] = await Promise.race([listening, ended.then(() => expect.fail(said))]);
  const { address } = JSON.parse(line) as { readonly address?: string };
  if (address === undefined) throw new Error(line);
  return {
    said: () => said,
    async end() {
      server.kill("SIGTERM");
      expect(await ended).toEqual([0, null]);
      const folder = path.join(root, "answers/churn");
      const texts = await Promise.all(
        (await readdir(folder)).map(async (name) => readFile(path.join(folder, name), "utf8")),
      );
      const lines = texts.join("").trimEnd().split("\n");
      return lines.map((text) => predictionLine.strict().parse(JSON.parse(text)));
    },
    async ask(body, id) {
      const headers = { "x-request-id": id };
      const response = await fetch(`${address}/models/churn/predict`, {
        method: "POST",
        headers,
        body: JSON.stringify(body),
      });
      return (await response.json()) as Record<string, unknown>;
    },
  };
}

const rawRow = { customer: "c1", day: "2026-01-20", plan: "plus", hours: "3.5", complaints: "2" };

it("refit serve --log writes down raw and prepared rows as the model was asked them, without what is sensitive, and git ignores it", async () => {
  const scene = await championScene({
    spec: { key: "customer", gates: [{ metric: "rocAuc", min: 0 }], slices: ["mood"] },
    manifest: { ...rawManifest, sensitive: ["daily", "customer"] },
  });
  const server = await serving(scene, [], "s3");

  const raw = await server.ask(
    { input: "raw", records: [rawRow, { ...rawRow, complaints: "4", day: "2026-01-10" }, rawRow] },
    "r1",
  );
  const [answer] = raw["answers"] as { class: boolean; probabilities: number[] }[];
  const prepared = { day: "2026-01-20", tariff: "PLS", daily: 0.5, weekday: 6, mood: "calm", complaints: 2 };
  await server.ask({ records: [{ ...prepared, customer: "c1" }] }, "r2");
  const lines = await server.end();

  expect(raw["answers"]).toEqual([answer, null, answer].map((each) => each && expect.objectContaining(each)));
  const { daily: _, ...input } = prepared;
  const treeId = await scene.git("rev-parse", "main:models/churn/champion");
  const line = {
    format: 1,
    time: expect.any(String),
    model: "churn",
    version: treeId,
    key: expect.stringMatching(/^[0-9a-f]{64}$/),
    input: expect.objectContaining({ tariff: "PLS", mood: "calm", complaints: 2 }),
    prediction: { class: answer!.class, probabilities: answer!.probabilities },
    microseconds: expect.any(Number),
  };
  expect(lines).toEqual(["r1/0", "r1/2", "r2"].map((id) => ({ ...line, id })));
  expect(new Set(lines.map(({ key }) => key)).size).toBe(1);
  expect(Object.keys(lines[2]!.input).sort()).toEqual(Object.keys(input).sort());
  expect(await scene.git("status", "--porcelain")).toBe("");
  const everything = JSON.stringify(lines);
  for (const secret of ['c1"', "0.5", "daily"]) expect(everything).not.toContain(secret);
});

it("without a secret text there are no keys, which refit serve says; with plain keys those of sensitive columns are left out", async () => {
  const scene = await championScene({ spec: { key: "customer" } });
  const row = { customer: "c1", day: "2026-01-20", plan: "plus", hours: 3.5, complaints: 2 };
  const hashed = await serving(scene, []);
  await hashed.ask({ records: [row] }, "r1");
  expect(hashed.said()).toContain("The log has no keys");
  const [without] = await hashed.end();
  expect(without!.key).toBe(undefined);

  const plain = await serving(scene, ["--log-keys", "plain"]);
  await plain.ask({ records: [row] }, "r2");
  const withKey = (await plain.end()).find(({ id }) => id === "r2");
  expect(withKey!.key).toBe("c1");

  await scene.land({ "data-manifests/churn.yaml": { ...churnManifest, sensitive: ["customer"] } });
  const sensitive = await serving(scene, ["--log-keys", "plain"]);
  await sensitive.ask({ records: [row] }, "r3");
  expect((await sensitive.end()).find(({ id }) => id === "r3")!.key).toBe(undefined);
});

it("refit serve says what is wrong with its words about the log", async () => {
  const { repository } = await championScene();
  const wrong = [
    { words: ["--log-sample", "0.1"], says: "--log-sample needs --log" },
    { words: ["--log", "a", "--log-sample", "2"], says: "not a number above 0 and at most 1" },
    { words: ["--log", "a", "--log-keys", "some"], says: "neither hashed nor plain" },
    { words: ["--log", "ftp://a"], says: "neither a folder nor an address" },
  ];

  for (const { words, says } of wrong) {
    const { exitCode, stderr } = await refitProcess(repository, ["serve", "churn", ...words]);
    expect(stderr).toContain(says);
    expect(exitCode).toBe(2);
  }
});
