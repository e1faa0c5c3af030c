import { once } from "node:events";
import { createServer, connect, type Socket } from "node:net";
import { startSmallDisk } from "@refit/testkit/disk";
import { type PostgresServer, startPostgres } from "@refit/testkit/postgres";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { fixedClock } from "../../src/adapters/clock.ts";
import type { DataManifest } from "@refit/core/spec";
import type { FetchedFile } from "../../src/ports/sources.ts";
import { bareRepository, codeOf, fetchAll, manifestOf, openSources } from "./world.ts";

const rounds = Number(process.env["CORPUS_FAULTS"] ?? 8);
const seed = Number(process.env["CORPUS_SEED"] ?? 1);
const { server: started, missing } = await startPostgres();
const server = started as PostgresServer;
/** The repository lies on a disk that can be full. */
const { disk: small, missing: noDisk } = await startSmallDisk({ mebibytes: 64 + rounds, files: 2000 + 30 * rounds });
afterAll(() => started?.close());
afterAll(() => small?.close());

/** Outcomes that a person is told of by name. A damaged description, or a damaged refusal, reads as one. */
function named(kind: Fault["kind"]): string[] {
  if (kind === "full") return ["fine", "system-refused"];
  const damaged = kind === "flip" || kind === "noise" ? ["source-refused"] : [];
  return ["fine", "source-unreachable", "source-vanished", ...damaged];
}

const kinds = [
  "cut",
  "hang",
  "kill",
  "alter",
  "flip",
  "noise",
  ...(small === null ? [] : (["full"] as const)),
] as const;

/** What goes wrong with a connection, or with the disk, once the server has sent this many bytes over it. */
interface Fault {
  readonly kind: (typeof kinds)[number];
  readonly after: number;
}

function randomOf(start: number): (below: number) => number {
  let state = Math.imul(start, 2_654_435_761) >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

/** Room for less than ten days of rows, and often for no new file. */
function fillDisk(random: (below: number) => number): void {
  const bytes = random(4) === 0 ? 0 : random(30_000);
  small?.leave(random(4) === 0 ? { bytes, files: random(3) } : { bytes });
}

/** A way to the server on which things go wrong. */
async function badLine(alter: () => Promise<unknown>, random: (below: number) => number) {
  const line: {
    fault: Fault | null;
    times: number;
    port: number;
    done: Promise<unknown>;
    /** What arrives in place of what was sent; `null`: just that. */
    spoil: (sent: Buffer) => Uint8Array | null;
  } = {
    spoil: () => null,
    fault: null,
    times: 0,
    port: 0,
    done: Promise.resolve(),
  };
  const open = new Set<Socket>();
  const proxy = createServer((from) => {
    const to = connect(server.port, "127.0.0.1");
    const fault = line.times > 0 ? line.fault : null;
    let left = fault?.after ?? Infinity;
    for (const each of [from, to]) {
      open.add(each);
      each.on("error", () => {}).on("close", () => [from, to].forEach((other) => other.destroy()));
    }
    from.pipe(to, { end: false });
    to.on("data", (bytes: Buffer) => {
      const spoilt = line.spoil(bytes);
      if (spoilt !== null) return void from.write(spoilt);
      if (left <= 0 && fault?.kind === "hang") return;
      left -= bytes.length;
      if (left > 0 || fault === null) return void from.write(bytes);
      left = fault.kind === "hang" ? 0 : Infinity;
      line.times--;
      if (fault.kind === "cut") from.destroy();
      if (fault.kind === "flip") from.write(bytes.with(random(bytes.length), random(256)));
      if (fault.kind === "noise") from.write(bytes.map((byte) => (random(4) === 0 ? random(256) : byte)));
      if (fault.kind === "full") fillDisk(random);
      if (fault.kind === "kill" || fault.kind === "full") from.write(bytes);
      if (fault.kind === "kill")
        line.done = server.sql(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'refit'",
        );
      if (fault.kind !== "alter") return;
      to.pause();
      line.done = alter().then(() => {
        from.write(bytes);
        return to.resume();
      });
    });
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  line.port = (proxy.address() as { port: number }).port;
  onTestFinished(() => {
    for (const each of open) each.destroy();
    proxy.close();
  });
  return line;
}

/** As a program with patience, and as one in a test. */
const calm = { secondMs: 100, timeoutMs: 30_000 };
const hasty = { secondMs: 1, timeoutMs: 300 };
const open = (address: string, patience: typeof calm) =>
  openSources({ env: { DB: address }, patience, clock: fixedClock(Date.parse("2026-02-01")) });
const through = ({ port }: { readonly port: number }) => server.address.replace(/:\d+\//, `:${port}/`);
const digestsOf = (files: readonly FetchedFile[]) => files.map(({ path, sha256 }) => `${path} ${sha256}`);
/** What the table has now, as somebody reads it who was never here. */
const truthOf = async (manifest: DataManifest) =>
  digestsOf(await fetchAll(open(server.address, calm), await bareRepository(), manifest));

const unless = (what: string, why: string) => (why === "" ? "" : ` (SKIPPED${what}: ${why})`);

describe.skipIf(started === null)(`faults below a database${unless("", missing)}`, () => {
  it(`end in a name or not at all: never in wrong rows, and the next run is as if nothing had happened (${rounds} rounds)${unless(", disk full", noDisk)}`, async () => {
    const random = randomOf(seed);
    await server.sql(`CREATE TABLE walks AS SELECT n AS id, md5(n::text) AS word, date '2026-01-01' + n / 400 AS day
      FROM generate_series(0, 3999) AS n`);
    const alter = () => server.sql(`UPDATE walks SET word = md5(word) WHERE id = ${random(4000)}`);
    const line = await badLine(alter, random);
    const entry = { path: "postgres:walks", query: "SELECT * FROM walks", connection: "DB", cursor: "day" };
    const manifest = manifestOf([entry]);
    const impatient = manifestOf([{ ...entry, querySeconds: 0.5 }]);
    const repository = await bareRepository(small?.path);
    const outcomes: Record<string, number> = {};
    for (let round = 0; round < rounds; round++) {
      for (let count = random(4); count > 0; count--) await alter();
      // Each kind once, and then at random.
      const kind = kinds[round] ?? kinds[random(kinds.length)]!;
      Object.assign(line, { fault: { kind, after: random(30_000) }, times: [1, 2, 9][random(3)]! });

      const before = await truthOf(manifest);
      let used: readonly string[] = [];
      const attempt = async () => {
        const [patience, asked] = kind === "full" ? [calm, manifest] : [hasty, impatient];
        used = digestsOf(await fetchAll(open(through(line), patience), repository, asked));
      };
      const outcome = await codeOf(attempt());

      expect(named(kind)).toContain(outcome);
      outcomes[`${kind} ${outcome}`] = (outcomes[`${kind} ${outcome}`] ?? 0) + 1;
      line.times = 0;
      await line.done;
      small?.release();
      const truth = await truthOf(manifest);
      if (outcome === "fine") expect([before, truth]).toContainEqual(used);
      expect(digestsOf(await fetchAll(open(server.address, calm), repository, manifest))).toEqual(truth);
    }
    if (process.env["CORPUS_FAULTS"] !== undefined) process.stdout.write(`${JSON.stringify(outcomes)}\n`);
  }, 3_600_000);

  /** In the place of one text in what the server sends, another one of the same length. */
  const instead = (text: string, other: string) => (sent: Buffer) =>
    sent.includes(text) ? Buffer.from(sent.toString("latin1").replace(text, other), "latin1") : null;

  it.each<[what: string, spoil: (sent: Buffer) => Uint8Array | null]>([
    ["a value", instead("word-7", "wore-7")],
    ["a number of rows", instead("2026-01-02\0\0\0\u00013", "2026-01-02\0\0\0\u00012")],
    ["the name of a day", instead("2026-01-02", "2026-01-12")],
    ["the name of a column", (sent) => (sent.includes("word-7") ? instead("word\0", "wore\0")(sent) : null)],
    ["a message that is shorter than it says", (sent) => (sent.includes("word-7") ? noise("D", 6, "\0\t") : null)],
    ["an unknown message", (sent) => (sent.includes("word-7") ? noise("?", 99, "x".repeat(95)) : null)],
    ["an answer before it was asked for", (sent) => (sent.includes("R\0\0\0") ? noise("T", 7, "\0\u0009?") : null)],
  ])("that damage %s end in a name while they last, and are made good after one", async (_what, spoil) => {
    await server.sql(`DROP TABLE IF EXISTS steps; CREATE TABLE steps AS
      SELECT 'word-' || n AS word, date '2026-01-01' + n / 3 AS day FROM generate_series(0, 8) AS n`);
    const line = await badLine(async () => {}, randomOf(1));
    const manifest = manifestOf([
      { path: "postgres:steps", query: "SELECT * FROM steps", connection: "DB", cursor: "day", querySeconds: 0.5 },
    ]);
    let damaged = 0;
    const counted = (most: number) => (sent: Buffer) => {
      const spoilt = damaged < most ? spoil(sent) : null;
      damaged += spoilt === null ? 0 : 1;
      return spoilt;
    };
    line.spoil = counted(Infinity);
    const lasting = fetchAll(open(through(line), hasty), await bareRepository(), manifest);
    await expect(lasting).rejects.toMatchObject({ code: "source-unreachable" });
    expect(damaged).toBe(4);

    damaged = 0;
    line.spoil = counted(1);
    const files = await fetchAll(open(through(line), hasty), await bareRepository(), manifest);

    expect(damaged).toBe(1);
    expect(digestsOf(files)).toEqual(await truthOf(manifest));
  });
});

/** A message of the protocol that says how long it is, and is not. */
function noise(kind: string, length: number, body: string): Buffer {
  const head = Buffer.from([kind.charCodeAt(0), 0, 0, 0, length]);
  return Buffer.concat([head, Buffer.from(body, "latin1")]);
}
