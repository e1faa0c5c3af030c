import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { createInterface } from "node:readline";
import { temporaryFolder } from "@refit/testkit";
import { expect, it, onTestFinished } from "vitest";
import { bundleFor } from "../../runtime/test/support/bundle.ts";
import { rowOf } from "./support/canary.ts";
import { asking, made } from "./support/served.ts";

/** A name space of its own for mounts is needed. */
const canMount = spawnSync("unshare", ["--mount", "--map-root-user", "true"]).status === 0;
const [seconds, perSecond] = [3, 1000];

const program = `
import { createApp, logEvents, pinned, predictionLog } from "@refit/serve";
import { closedBySignal, listen, logFolder } from "@refit/serve/node";
import { loadVersion } from "@refit/runtime";
import { fromFolder } from "@refit/runtime/node";

const { version, folder, address } = JSON.parse(process.argv[2]);
const sink = folder === undefined ? logEvents(address, { source: "urn:test", milliseconds: 60_000 }) : logFolder(folder);
const log = predictionLog(sink, { mostRows: 1000 });
const listening = await listen(createApp([pinned(await loadVersion(fromFolder(version)))], { log }), { port: 0 });
console.log(listening.address);
await closedBySignal(listening);
process.exit(0);
`;

/** A server process whose log goes to a place. @param command what is put before node and its words */
async function loggedServer(place: object, command: readonly string[] = []): Promise<string> {
  const cwd = await temporaryFolder();
  const version = path.join(cwd, "version");
  for (const [name, bytes] of (await made("trees, binary")).files) {
    await mkdir(path.dirname(path.join(version, name)), { recursive: true });
    await writeFile(path.join(version, name), bytes);
  }
  await writeFile(path.join(cwd, "serve.mjs"), (await bundleFor("node", program, "esm")).text);
  const words = [...command, process.execPath, path.join(cwd, "serve.mjs"), JSON.stringify({ ...place, version })];
  const server = spawn(words[0]!, words.slice(1), { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void server.kill("SIGKILL"));
  const [line] = (await once(createInterface({ input: server.stdout }), "line")) as [string];
  return line.trim();
}

/** As many requests a second as this machine sends, up to a thousand. @returns how many were answered, by status */
async function asked(address: string): Promise<Readonly<Record<number, number>>> {
  const ask = asking(address);
  const counts: Record<number, number> = {};
  const all: Promise<void>[] = [];
  const one = async () => {
    const { status } = await ask("/models/birdstrikes/predict", { records: [rowOf()] });
    counts[status] = (counts[status] ?? 0) + 1;
  };
  for (let tick = 0; tick < seconds * 100; tick++) {
    for (let i = 0; i < perSecond / 100; i++) all.push(one());
    await new Promise((settle) => setTimeout(settle, 10));
  }
  await Promise.all(all);
  return counts;
}

const logged = async (address: string, outcome: string) => {
  const { body } = await asking(address)("/metrics");
  return Number(new RegExp(`refit_log_rows_total\\{outcome="${outcome}"\\} (\\d+)`).exec(String(body["text"]))?.[1]);
};

it.skipIf(!canMount)("with a full disk below its log, a server fails no answer", async () => {
  const disk = path.join(await temporaryFolder(), "disk");
  await mkdir(disk);
  const mounted = [
    "unshare",
    "--mount",
    "--map-root-user",
    "sh",
    "-c",
    'mount -t tmpfs -o size=64k tmpfs "$1" && shift && exec "$@"',
    "sh",
    disk,
  ];

  const address = await loggedServer({ folder: disk }, mounted);

  expect(await asked(address)).toEqual({ 200: seconds * perSecond });
  expect(await logged(address, "failed")).toBeGreaterThan(0);
});

it("with a receiver that takes its events and never answers, a server fails no answer", async () => {
  const silent = createServer(() => {});
  await new Promise<void>((settle) => silent.listen(0, "127.0.0.1", settle));
  onTestFinished(() => {
    silent.close();
    silent.closeAllConnections();
  });

  const address = await loggedServer({ address: `http://127.0.0.1:${(silent.address() as AddressInfo).port}/` });

  expect(await asked(address)).toEqual({ 200: seconds * perSecond });
  expect(await logged(address, "dropped")).toBeGreaterThan(0);
  expect(await logged(address, "written")).toBe(0);
});
