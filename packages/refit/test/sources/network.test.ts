import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { type ObjectStore, startMoto } from "@refit/testkit/python";
import { forwardTo, startWebServer, type WebFault, type WebFile, webFiles, type WebRequest } from "@refit/testkit/web";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { bareRepository, codeOf, fetchAll, listed, manifestOf, openSources } from "./world.ts";

const rounds = Number(process.env["CORPUS_FAULTS"] ?? 40);
const seed = Number(process.env["CORPUS_SEED"] ?? 1);
const { store: started, missing } = await startMoto();
const store = started as ObjectStore;
afterAll(() => started?.close());

const env = {
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "planted-secret-key",
  DATA_TOKEN: "planted-data-token",
};
const sha256 = (content: Uint8Array) => createHash("sha256").update(content).digest("hex");

/** Outcomes that a person is told of by name. */
const named = ["source-unreachable", "source-refused", "source-vanished", "source-altered"];

function randomOf(start: number): (below: number) => number {
  let state = start >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Four files on a web server and four in a bucket, between 1 and 300 kB, which somebody overwrites now and then. */
async function scene(random: (below: number) => number) {
  const bucket = `faults-${seed}`;
  await store.createBucket(bucket, { isVersioned: true });
  const files = new Map<string, WebFile>();
  const web = await startWebServer(webFiles(files));
  const objects = await startWebServer(forwardTo(store.origin));
  onTestFinished(() => web.close());
  onTestFinished(() => objects.close());
  const addresses = [0, 1, 2, 3].flatMap((i) => [`${web.origin}/${i}.csv`, `s3://${bucket}/in/${i}.csv`]);
  /** All contents that each file had, the newest last. */
  const history = new Map<string, string[]>(addresses.map((address) => [address, []]));

  async function overwrite(address: string): Promise<void> {
    const rows = 200 + random(20_000);
    const content = `a,b\n${Array.from({ length: rows }, (_, i) => `${i},${random(1000)}`).join("\n")}\n`;
    history.get(address)!.push(sha256(Buffer.from(content)));
    if (address.startsWith("s3:")) await store.put(bucket, address.replace(`s3://${bucket}/`, ""), content);
    else files.set(new URL(address).pathname, { content, token: env.DATA_TOKEN });
  }
  for (const address of addresses) await overwrite(address);

  const manifest = manifestOf([
    ...addresses
      .filter((address) => !address.startsWith("s3:"))
      .map((address) => ({ path: address, token: "DATA_TOKEN", allowPrivate: true })),
    { path: `s3://${bucket}/in/*.csv`, endpoint: objects.origin, allowPrivate: true },
  ]);
  return { addresses, history, overwrite, manifest, servers: [web, objects] };
}

/** What goes wrong, and in how many of the requests that follow. */
function faultOf(
  random: (below: number) => number,
  overwrite: () => Promise<void>,
): { fault: WebFault; times: number } {
  const at = random(100) / 100;
  const faults: WebFault[] = [
    { kind: "reset" },
    { kind: "cut", at },
    { kind: "short", at },
    { kind: "status", status: [500, 502, 503, 429, 408][random(5)]!, headers: { "retry-after": "1" } },
    { kind: "status", status: 304 },
    { kind: "status", status: 403, code: "RequestExpired" },
    { kind: "status", status: 404 },
    { kind: "status", status: 416 },
    { kind: "status", status: 200, headers: { "content-type": "text/html; charset=utf-8" } },
    { kind: "status", status: 206 },
    { kind: "hang" },
    { kind: "first", act: overwrite },
  ];
  return { fault: faults[random(faults.length)]!, times: [1, 2, Infinity][random(3)]! };
}

describe.skipIf(started === null)(`faults of the network${started === null ? ` (SKIPPED: ${missing})` : ""}`, () => {
  it(`end in a name or not at all: never in wrong bytes, and the next run is as if nothing had happened (${rounds} rounds)`, async () => {
    const random = randomOf(seed);
    const { addresses, history, overwrite, manifest, servers } = await scene(random);
    const repository = await bareRepository();
    const patience = { secondMs: 1, timeoutMs: 300 };
    const calm = { secondMs: 100, timeoutMs: 30_000 };
    const outcomes: Record<string, number> = {};
    for (let round = 0; round < rounds; round++) {
      const before = new Map([...history].map(([address, contents]) => [address, contents.length]));
      if (random(3) > 0) await overwrite(addresses[random(addresses.length)]!);
      const { fault, times } = faultOf(random, () => overwrite(addresses[random(addresses.length)]!));
      let skip = random(12);
      let left = times;
      const inject = (request: WebRequest) => {
        // A server that is wrong about length and version alike, in all its answers, cannot be told from one that is right.
        const isConsistent = fault.kind === "short" && request.method === "HEAD";
        if (skip-- > 0 || left <= 0 || isConsistent) return null;
        left = fault.kind === "first" ? 0 : left - 1;
        return fault;
      };
      for (const server of servers) server.fault = inject;

      const attempt = async () => {
        for (const file of await fetchAll(openSources({ env, patience }), repository, manifest)) {
          const found = sha256(await readFile(file.localPath));
          const current = history.get(file.path)!.slice(before.get(file.path)! - 1);
          expect([round, fault.kind, file.path, found]).toEqual([round, fault.kind, file.path, file.sha256]);
          expect(current).toContain(found);
        }
      };
      const code = await codeOf(attempt());
      outcomes[code] = (outcomes[code] ?? 0) + 1;
      // A listing that says 404 is a finding, which blocks; it is not an error.
      expect([...named, "fine"].includes(code) ? "" : code).toBe("");

      for (const server of servers) server.fault = () => null;
      const again = await fetchAll(openSources({ env, patience: calm }), repository, manifest);
      expect(new Map(again.map((file) => [file.path, file.sha256]))).toEqual(
        new Map([...history].map(([address, contents]) => [address, contents.at(-1)!] as const)),
      );
      for (const file of again) expect(sha256(await readFile(file.localPath))).toBe(file.sha256);
    }
    if (process.env["CORPUS_FAULTS"] !== undefined) process.stdout.write(`${JSON.stringify(outcomes)}\n`);
    expect(Object.keys(outcomes).length).toBeGreaterThan(rounds < 20 ? 0 : 2);

    const kept = await readdir(repository.root, { recursive: true, withFileTypes: true });
    for (const entry of kept.filter((each) => each.isFile()))
      expect(await readFile(path.join(entry.parentPath, entry.name), "latin1")).not.toContain("planted");
    const sources = openSources({ env, patience: calm });
    expect((await listed(sources, repository, manifest)).findings).toEqual([]);
  }, 3_600_000);
});
