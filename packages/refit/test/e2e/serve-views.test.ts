import { copyFile, readFile, rename, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it, onTestFinished } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { sha256 } from "../../src/sha256.ts";
import { refitServe } from "../use/support/servers.ts";
import type { Scene } from "./support/scene.ts";
import { liveExample, materialized } from "./support/viewed.ts";

const bin = fileURLToPath(new URL(`../../${manifest.bin.refit}`, import.meta.url));
const page = await readFile(new URL("../../../../docs/serve.md", import.meta.url), "utf8");
const file = "features/customer_months.parquet";

/** As the page has it: beside its place, and then renamed. */
async function put(scene: Scene, from: string): Promise<void> {
  await copyFile(from, path.join(scene.root, "features/next"));
  await rename(path.join(scene.root, "features/next"), path.join(scene.root, file));
}

interface Answered {
  readonly answers: readonly { readonly probabilities: readonly number[] }[];
  readonly view: { readonly sha256: string; readonly stale: boolean } | null;
  readonly error?: { readonly code: string; readonly message: string };
}

const asking =
  (address: string) =>
  async (body: unknown): Promise<Answered> => {
    const response = await fetch(`${address}/models/churn/predict`, { method: "POST", body: JSON.stringify(body) });
    return (await response.json()) as Answered;
  };

it("docs/serve.md has commands that answer a key, with the answers of refit predict to the last bit", async () => {
  const scene = await liveExample();
  const { root } = scene;
  const [commands] = [...page.matchAll(/```sh\n(file=[^]*?)```/g)].map(([, text]) => text!.trim().split("\n"));
  const [curl] = [...page.matchAll(/^curl .*\/models\/churn\/.*$/gm)].map(([line]) => line);
  const serving = commands!.pop()!.split(" ");
  const shell = `refit() { "${process.execPath}" "${bin}" "$@"; }\n${commands!.join("\n")}`;
  await promisify(execFile)("bash", ["-c", shell], { cwd: root, env: scene.repository.env });

  const server = await refitServe(scene.repository, serving.slice(2));
  onTestFinished(server.stop);
  const { stdout } = await promisify(execFile)("bash", ["-c", curl!.replace("http://127.0.0.1:8080", server.address)]);
  const found = JSON.parse(stdout) as Answered;

  const bytes = await readFile(path.join(root, file));
  const newest = "2025-08-01T00:00:00.000Z";
  expect(found.view).toMatchObject({ name: "customer_months", sha256: sha256(bytes), newest, stale: false });
  expect(found.view).toMatchObject({ found: 2, absent: 0, own: ["plan"] });
  const customers = Array.from({ length: 100 }, (_, i) => `c${i}`);
  const { answers } = await asking(server.address)({ records: customers.map((customer) => ({ customer })) });
  expect(answers[17]).toEqual(found.answers[0]);
  const newestRows = (await readFile(path.join(root, "data/customers/2025-08.csv"), "utf8")).trim().split("\n");
  await writeFile(path.join(root, "newest.csv"), newestRows.join("\n"));
  const output = path.join(root, "answers.jsonl");
  await scene.refit("predict", ["churn", path.join(root, "newest.csv")], { output, input: "raw" });
  const lines = (await readFile(output, "utf8")).trim().split("\n");
  const predicted = lines.map((line) => (JSON.parse(line) as { probability_true: number }).probability_true);
  const order = newestRows.slice(1).map((line) => customers.indexOf(line.split(",")[0]!));
  expect(predicted).toEqual(order.map((customer) => answers[customer]!.probabilities[1]));
});

it("refit serve takes a new file of a view at once, and keeps the last good one of a damaged one", async () => {
  const scene = await liveExample();
  const early = await materialized(scene, { at: "2025-04-15" });
  const late = await materialized(scene);
  await put(scene, early);
  const server = await refitServe(scene.repository, ["churn", "--view", `customer_months=${file}`, "--poll", "1"]);
  onTestFinished(server.stop);
  const ask = asking(server.address);
  const record = { records: [{ customer: "c17" }] };
  const digestOf = async (name: string) => sha256(await readFile(name));
  const first = await ask(record);
  expect(first.view).toMatchObject({ sha256: await digestOf(early), newest: "2025-04-01T00:00:00.000Z", stale: false });

  await put(scene, late);
  await expect.poll(async () => (await ask(record)).view?.sha256, { timeout: 20_000 }).toBe(await digestOf(late));
  const second = await ask(record);
  expect(second.answers).not.toEqual(first.answers);

  const bytes = await readFile(late);
  await writeFile(path.join(scene.root, file), bytes.subarray(0, bytes.length - 100));
  await expect.poll(async () => (await ask(record)).view?.stale, { timeout: 20_000 }).toBe(true);
  expect(await ask(record)).toMatchObject({ answers: second.answers, view: { sha256: second.view!.sha256 } });
  await put(scene, late);
  await expect.poll(async () => (await ask(record)).view?.stale, { timeout: 20_000 }).toBe(false);

  const unknown = await ask({ records: [{ customer: "c17" }, { customer: "nobody" }] });
  expect(unknown.error).toMatchObject({ code: "key-unknown" });
  expect((await ask({ records: [{ customer: "nobody" }], absentKeys: "missing" })).view).toMatchObject({ absent: 1 });
});

it("refit serve says why a view cannot be looked up", async () => {
  const scene = await liveExample();
  const made = await materialized(scene);
  await put(scene, made);
  const bytes = await readFile(made);
  const wrongName = path.join(path.dirname(made), `${"0".repeat(64)}.parquet`);
  await writeFile(wrongName, bytes);
  await utimes(wrongName, 1, 1);
  const wrong = [
    { words: ["customer_months"], says: "is not a view and a file, such as months=features/months.parquet" },
    { words: [`months=${file}`], says: 'No model that is served reads the view "months"' },
    { words: [`customer_months=none.parquet`], says: 'There is no file "none.parquet"' },
    { words: ["customer_months=data/customers/2025-08.csv"], says: "cannot be looked up for churn v1" },
    { words: [`customer_months=${wrongName}`], says: "is damaged: its bytes are not those that" },
  ];

  for (const { words, says } of wrong) {
    const refused = scene.refit("serve", ["churn"], { port: "0", view: words });
    await expect(refused).rejects.toMatchObject({ code: "usage", message: expect.stringContaining(says) as string });
  }
});
