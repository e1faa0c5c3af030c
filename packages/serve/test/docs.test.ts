import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { temporaryRepository } from "@refit/testkit";
import { fromMap, loadVersion } from "@refit/runtime";
import { expect, it } from "vitest";
import { bundleFor } from "../../runtime/test/support/bundle.ts";
import { documentedVersion } from "../../runtime/test/support/documented-version.ts";

const run = promisify(execFile);
const page = await readFile(new URL("../../../docs/serve.md", import.meta.url), "utf8");
const [program] = [...page.matchAll(/^```js\n([^]*?)^```$/gm)].map(([, code]) => code!);
/** Those of `churn` are tested with the command that serves it. */
const lines = [...page.matchAll(/^curl .*$/gm)].flatMap(([line]) => (line.includes("/models/churn/") ? [] : [line]));

it("docs/serve.md has a server that answers each of its lines, and ends when it is told to", async () => {
  const repository = await temporaryRepository();
  const { root } = repository;
  const version = await documentedVersion();
  for (const [file, bytes] of version) await repository.write(`models/birdstrikes/champion/${file}`, bytes);
  await repository.commit("a model");
  const { treeId } = await loadVersion(fromMap(version));
  const { text } = await bundleFor("node", program!.replace("port: 8080", "port: 0"), "esm");
  await writeFile(path.join(root, "serve.mjs"), text);
  const server = spawn(process.execPath, ["serve.mjs"], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(server, "exit");
  const [address] = (await once(server.stdout.setEncoding("utf8"), "data")) as [string];

  const answers = await Promise.all(
    lines.map(async (line) => {
      const { stdout } = await run("bash", ["-c", line.replaceAll("http://127.0.0.1:8080", address.trim())]);
      return stdout.startsWith("{") ? (JSON.parse(stdout) as unknown) : { metrics: stdout };
    }),
  );
  server.kill("SIGTERM");

  expect(await ended).toEqual([0, null]);
  const row = { kind: "class", class: true };
  expect(answers).toMatchObject([
    { treeId, answers: [row] },
    { treeId, answers: [row, { kind: "class" }] },
    { ready: true },
    { model_version: treeId, outputs: [{ name: "class", data: [true] }, {}, {}] },
    { predictions: [true] },
    { openapi: "3.1.0" },
    { metrics: expect.stringContaining(`tree_id="${treeId}"`) },
  ]);
});
