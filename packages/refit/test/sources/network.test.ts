import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { startSmallDisk } from "@refit/testkit/disk";
import { type ObjectStore, startMoto } from "@refit/testkit/python";
import { forwardTo, startWebServer, type WebFault, type WebFile, webFiles, type WebRequest } from "@refit/testkit/web";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { bareRepository, codeOf, fetchAll, listed, manifestOf, openSources } from "./world.ts";

const rounds = Number(process.env["CORPUS_FAULTS"] ?? 40);
const seed = Number(process.env["CORPUS_SEED"] ?? 1);
const { store: started, missing } = await startMoto();
const store = started as ObjectStore;
/** The repository lies on a disk that can be full. */
const { disk: small, missing: noDisk } = await startSmallDisk({ mebibytes: 64 + rounds, files: 2000 + 10 * rounds });
afterAll(() => started?.close());
afterAll(() => small?.close());

const env = {
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "planted-secret-key",
  DATA_TOKEN: "planted-data-token",
};
const sha256 = (content: Uint8Array) => createHash("sha256").update(content).digest("hex");

/** Outcomes that a person is told of by name. */
const named = ["source-unreachable", "source-refused", "source-vanished", "source-altered"];

type Random = (below: number) => number;

function randomOf(start: number): Random {
  let state = start >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Four files on a web server and four in a bucket, between 1 and 300 kB, which somebody overwrites now and then. */
async function scene(random: Random) {
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

/** What goes wrong with one request, or with the disk while it is under way. */
interface Fault {
  readonly name: string;
  readonly hits: (request: WebRequest) => boolean;
  /** `null`: the answer is as it should be. */
  readonly answer: (random: Random) => WebFault | null;
}

const isListing = ({ method, path: asked }: WebRequest) => method === "HEAD" || asked.includes("list-type=2");
const isDownload = (request: WebRequest) => !isListing(request);
const any = () => true;
const status = (code: number, more: object = {}): WebFault => ({ kind: "status", status: code, ...more });
const busy = [500, 502, 503, 429, 408];
const expired = ["RequestExpired", "ExpiredToken", "RequestTimeTooSkewed"];
const page = { headers: { "content-type": "text/html; charset=utf-8" } };

/** @param overwrite by somebody else, before the answer. @param fill leaves little of the disk. */
function faultsOf(overwrite: () => Promise<void>, fill: (random: Random) => void): readonly Fault[] {
  const overwritten = (): WebFault => ({ kind: "first", act: overwrite });
  return [
    { name: "reset", hits: any, answer: () => ({ kind: "reset" }) },
    { name: "cut", hits: any, answer: (random) => ({ kind: "cut", at: random(100) / 100 }) },
    // A server that is wrong about length and version alike, in all its answers, cannot be told from one that is right.
    {
      name: "short",
      hits: ({ method }) => method !== "HEAD",
      answer: (random) => ({ kind: "short", at: random(100) / 100 }),
    },
    {
      name: "busy",
      hits: any,
      answer: (random) => status(busy[random(busy.length)]!, { headers: { "retry-after": "1" } }),
    },
    { name: "304", hits: any, answer: () => status(304) },
    { name: "304 with other bytes", hits: any, answer: () => ({ kind: "unmodified" }) },
    // What a web server promises of its bytes says nothing of them; a bucket's ETag is their md5.
    {
      name: "other bytes under the same ETag",
      hits: (request) => isDownload(request) && request.headers.authorization?.startsWith("AWS4") === true,
      answer: () => ({ kind: "spoil" }),
    },
    { name: "expired signature", hits: any, answer: (random) => status(403, { code: expired[random(3)]! }) },
    { name: "404", hits: any, answer: () => status(404) },
    { name: "416", hits: any, answer: () => status(416) },
    { name: "web page", hits: any, answer: () => status(200, page) },
    { name: "part without its place", hits: any, answer: () => status(206) },
    { name: "silence", hits: any, answer: () => ({ kind: "hang" }) },
    { name: "overwritten while listing", hits: isListing, answer: overwritten },
    { name: "overwritten while fetching", hits: isDownload, answer: overwritten },
    { name: "disk full", hits: any, answer: (random) => (fill(random), null) },
  ];
}

/** Room for less than what a round fetches, and often for no new file. */
function fillDisk(random: Random): void {
  const bytes = random(4) === 0 ? 0 : random(150_000);
  small?.leave(random(4) === 0 ? { bytes, files: random(3) } : { bytes });
}

const unless = (what: string, why: string) => (why === "" ? "" : ` (SKIPPED${what}: ${why})`);

describe.skipIf(started === null)(`faults of the network and of the disk${unless("", missing)}`, () => {
  it(`end in a name or not at all: never in wrong bytes, and the next run is as if nothing had happened (${rounds} rounds)${unless(", disk full", noDisk)}`, async () => {
    const random = randomOf(seed);
    const { addresses, history, overwrite, manifest, servers } = await scene(random);
    const repository = await bareRepository(small?.path);
    const hurried = { secondMs: 1, timeoutMs: 300 };
    const calm = { secondMs: 100, timeoutMs: 30_000 };
    const outcomes: Record<string, Record<string, number>> = {};
    const overwriteOne = () => overwrite(addresses[random(addresses.length)]!);
    const faults = faultsOf(overwriteOne, fillDisk).filter(({ name }) => small !== null || name !== "disk full");
    // Each kind once, and then at random.
    const drawn = Array.from({ length: rounds }, (_, i) => faults[i] ?? faults[random(faults.length)]!);
    for (const [round, fault] of drawn.entries()) {
      const before = new Map([...history].map(([address, contents]) => [address, contents.length]));
      for (let count = random(5); count > 0; count--) await overwriteOne();
      let skip = random(6);
      let left = fault.name.startsWith("overwritten") ? 1 : [1, 2, Infinity][random(3)]!;
      const inject = (request: WebRequest) => {
        if (!fault.hits(request) || skip-- > 0 || left <= 0) return null;
        left--;
        return fault.answer(random);
      };
      for (const server of servers) server.fault = inject;

      const isOfDisk = fault.name === "disk full";
      const attempt = async () => {
        const sources = openSources({ env, patience: isOfDisk ? calm : hurried });
        for (const file of await fetchAll(sources, repository, manifest)) {
          const found = sha256(await readFile(file.localPath));
          const current = history.get(file.path)!.slice(before.get(file.path)! - 1);
          expect([round, fault.name, file.path, found]).toEqual([round, fault.name, file.path, file.sha256]);
          expect(current).toContain(found);
        }
      };
      const code = await codeOf(attempt());
      // A listing that says 404 is a finding, which blocks; it is not an error.
      const allowed = ["fine", ...(isOfDisk ? ["system-refused"] : named)];
      expect([round, fault.name, allowed.includes(code) ? "" : code]).toEqual([round, fault.name, ""]);
      const counts = (outcomes[fault.name] ??= {});
      counts[code] = (counts[code] ?? 0) + 1;

      for (const server of servers) server.fault = () => null;
      small?.release();
      const again = await fetchAll(openSources({ env, patience: calm }), repository, manifest);
      expect(new Map(again.map((file) => [file.path, file.sha256]))).toEqual(
        new Map([...history].map(([address, contents]) => [address, contents.at(-1)!] as const)),
      );
      for (const file of again) expect(sha256(await readFile(file.localPath))).toBe(file.sha256);
    }
    if (process.env["CORPUS_FAULTS"] !== undefined) process.stdout.write(`${JSON.stringify(outcomes)}\n`);
    expect(Object.keys(outcomes).length).toBeGreaterThan(rounds < faults.length ? 0 : faults.length - 1);

    const kept = await readdir(repository.root, { recursive: true, withFileTypes: true });
    for (const entry of kept.filter((each) => each.isFile()))
      expect(await readFile(path.join(entry.parentPath, entry.name), "latin1")).not.toContain("planted");
    const sources = openSources({ env, patience: calm });
    expect((await listed(sources, repository, manifest)).findings).toEqual([]);
  }, 3_600_000);
});
