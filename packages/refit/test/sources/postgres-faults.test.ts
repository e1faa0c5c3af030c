import { once } from "node:events";
import { createServer, connect, type Socket } from "node:net";
import { type PostgresServer, startPostgres } from "@refit/testkit/postgres";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { fixedClock } from "../../src/adapters/clock.ts";
import { bareRepository, codeOf, fetchAll, manifestOf, openSources } from "./world.ts";

const rounds = Number(process.env["CORPUS_FAULTS"] ?? 8);
const seed = Number(process.env["CORPUS_SEED"] ?? 1);
const { server: started, missing } = await startPostgres();
const server = started as PostgresServer;
afterAll(() => started?.close());

/** Outcomes that a person is told of by name. */
const named = ["fine", "source-unreachable", "source-vanished"];

/** What goes wrong with a connection once the server has sent this many bytes over it. */
interface Fault {
  readonly kind: "cut" | "hang" | "kill" | "alter";
  readonly after: number;
}

function randomOf(start: number): (below: number) => number {
  let state = Math.imul(start, 2_654_435_761) >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

/** A way to the server on which things go wrong. */
async function badLine(alter: () => Promise<unknown>) {
  const line: { fault: Fault | null; times: number; port: number; done: Promise<unknown> } = {
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
      if (left <= 0 && fault?.kind === "hang") return;
      left -= bytes.length;
      if (left > 0 || fault === null) return void from.write(bytes);
      left = fault.kind === "hang" ? 0 : Infinity;
      line.times--;
      if (fault.kind === "cut") from.destroy();
      if (fault.kind === "kill") from.write(bytes);
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

describe.skipIf(started === null)(`faults below a database${started === null ? ` (SKIPPED: ${missing})` : ""}`, () => {
  it(`end in a name or not at all: never in wrong rows, and the next run is as if nothing had happened (${rounds} rounds)`, async () => {
    const random = randomOf(seed);
    await server.sql(`CREATE TABLE walks AS SELECT n AS id, md5(n::text) AS word, date '2026-01-01' + n / 400 AS day
      FROM generate_series(0, 3999) AS n`);
    const alter = () => server.sql(`UPDATE walks SET word = md5(word) WHERE id = ${random(4000)}`);
    const line = await badLine(alter);
    const manifest = manifestOf([
      { path: "postgres:walks", query: "SELECT * FROM walks", connection: "DB", cursor: "day", querySeconds: 0.5 },
    ]);
    const open = (address: string, patience = { secondMs: 1, timeoutMs: 300 }) =>
      openSources({ env: { DB: address }, patience, clock: fixedClock(Date.parse("2026-02-01")) });
    const calm = { secondMs: 100, timeoutMs: 30_000 };
    const repository = await bareRepository();
    for (let round = 0; round < rounds; round++) {
      if (random(3) > 0) await alter();
      const kind = (["cut", "hang", "kill", "alter"] as const)[random(4)]!;
      Object.assign(line, { fault: { kind, after: random(30_000) }, times: [1, 2, 9][random(3)]! });

      const faulty = open(server.address.replace(/:\d+\//, `:${line.port}/`));
      const outcome = await codeOf(fetchAll(faulty, repository, manifest));

      expect(named).toContain(outcome);
      line.times = 0;
      await line.done;
      const truth = await fetchAll(open(server.address, calm), await bareRepository(), manifest);
      const here = await fetchAll(open(server.address, calm), repository, manifest);
      expect(here.map(({ sha256 }) => sha256)).toEqual(truth.map(({ sha256 }) => sha256));
    }
  }, 3_600_000);
});
