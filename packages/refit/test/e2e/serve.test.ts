import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { answerSchemas } from "@refit/core/answers";
import { jsonSchemaOf } from "../../../core/src/spec/json-schema.ts";
import { answerProblem } from "@refit/testkit/answers";
import { expect, it, onTestFinished } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { refitProcess } from "./support/cli.ts";
import { program, programCandidate } from "./support/program.ts";
import { championScene, churnScene } from "./support/scene.ts";

const bin = fileURLToPath(new URL(`../../${manifest.bin.refit}`, import.meta.url));
const folder = "models/churn/champion";

const serveSchema = jsonSchemaOf(answerSchemas.find(({ name }) => name === "serve")!.schema);

interface Started {
  readonly address: string;
  readonly models: readonly { readonly version: string; readonly treeId: string }[];
}

it("refit serve fetches by itself, answers with what is live, keeps the last valid version of a damaged folder, and ends when it is told to", async () => {
  const scene = await championScene();
  const clone = await scene.repository.clone();
  const args = [bin, "serve", "churn", "--port", "0", "--poll", "1", "--json"];
  const server = spawn(process.execPath, args, { cwd: clone.root, env: clone.env });
  onTestFinished(() => void server.kill("SIGKILL"));
  const ended = once(server, "exit");
  let said = "";
  server.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const [line] = (await Promise.race([
    once(server.stdout.setEncoding("utf8"), "data"),
    ended.then(() => expect.fail(said)),
  ])) as [string];
  const { address, models } = JSON.parse(line) as Started;
  expect(answerProblem(serveSchema, JSON.parse(line))).toBeNull();
  const treeId = await scene.git("rev-parse", `main:${folder}`);
  expect(models).toEqual([{ model: "churn", version: "v1", treeId }]);
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);

  const { inputs } = (await (await fetch(`${address}/models/churn`)).json()) as { inputs: readonly { name: string }[] };
  const columns = Object.fromEntries(inputs.map(({ name }) => [name, [null, null]]));
  const predict = async () =>
    (await fetch(`${address}/models/churn/predict`, { method: "POST", body: JSON.stringify({ columns }) })).json();
  const row = { kind: "class", class: expect.anything() };
  expect(await predict()).toMatchObject({ version: "v1", treeId, answers: [row, row] });

  const taken = await refitProcess(scene.repository, ["serve", "churn", "--port", new URL(address).port]);
  expect(taken.stderr).toContain("another program listens there. Choose another --port or --host.");
  expect(taken.exitCode).toBe(2);

  await scene.land({ [path.join(folder, "features.json")]: "{}\n" });
  const isStale = async () => JSON.stringify(await (await fetch(`${address}/models`)).json()).includes('"stale":true');
  await expect.poll(isStale, { timeout: 20_000 }).toBe(true);
  expect(await predict()).toMatchObject({ version: "v1", treeId, answers: [row, row] });
  server.kill("SIGTERM");

  expect(await ended).toEqual([0, null]);
  expect(said).toContain(
    `note: churn: v1 (tree ${treeId}) answers, which may not be what is live. The folder on main is damaged`,
  );
});

it("refit serve ends at once, with what to do, where only a program answers", async () => {
  const scene = await churnScene({ spec: { candidates: [{ ...programCandidate, reproducible: false }] } });
  await scene.land(program);
  await scene.run();
  await scene.merge();

  const { exitCode, stdout, stderr } = await refitProcess(scene.repository, ["serve", "churn", "--port", "0"]);

  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(
    /^error: A program \(.*predict\.js\) makes the predictions[^]*`onnx: model\.onnx`[^]*errors\/not-served\.md\n$/,
  );
});

it("refit serve says what is wrong with its words", async () => {
  const { repository } = await championScene();
  const wrong = [
    { words: [], says: "serve needs a model" },
    { words: ["churn", "churn"], says: '"churn" is named twice' },
    { words: ["churn", "--port", "http"], says: '--port "http" is not a whole number up to 65535' },
    { words: ["churn", "--poll", "0"], says: "at least 1 second" },
    { words: ["chrun"], says: 'Did you mean "churn"?' },
  ];

  for (const { words, says } of wrong) {
    const { exitCode, stderr } = await refitProcess(repository, ["serve", ...words]);
    expect(stderr).toContain(says);
    expect(exitCode).not.toBe(0);
  }
});
