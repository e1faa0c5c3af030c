import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { createFolder, removeFolder } from "@refit/testkit";
import { type PostgresServer, startPostgres } from "@refit/testkit/postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bareRepository, codeOf, fetchAll, manifestOf, openSources } from "./world.ts";

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;
const { server: started, missing } = hasOpenssl
  ? await startPostgres()
  : { server: null, missing: "there is no openssl here" };
const server = started as PostgresServer;
afterAll(async () => {
  await started?.close();
  if (folder !== "") await removeFolder(folder);
});

const manifest = manifestOf([
  {
    path: "postgres:reads",
    query: "SELECT n, at, ssl FROM reads, pg_stat_ssl WHERE pid = pg_backend_pid()",
    connection: "DB",
    cursor: "at",
  },
]);

let folder = "";
const fileOf = (name: string) => path.join(folder, name);

async function openssl(...words: string[]): Promise<void> {
  const { status, stderr } = spawnSync("openssl", words, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}

const authority = (name: string) =>
  openssl(
    ..."req -x509 -newkey rsa:2048 -nodes -days 2 -keyout".split(" "),
    `${name}.key`,
    "-out",
    `${name}.pem`,
    "-subj",
    `/CN=${name}`,
  );

/** A certificate of a server called `localhost`, by an authority of the same folder. */
async function signed(name: string, by: string, days: string): Promise<void> {
  await writeFile(fileOf("san"), "subjectAltName=DNS:localhost");
  await openssl(
    ..."req -newkey rsa:2048 -nodes -keyout".split(" "),
    `${name}.key`,
    "-out",
    `${name}.csr`,
    "-subj",
    "/CN=localhost",
  );
  const by509 = ["-CA", `${by}.pem`, "-CAkey", `${by}.key`, "-CAcreateserial"];
  await openssl(
    "x509",
    "-req",
    "-in",
    `${name}.csr`,
    ...by509,
    "-days",
    days,
    "-extfile",
    "san",
    "-out",
    `${name}.pem`,
  );
}

const serveWith = async (name: string) =>
  server.secure({
    key: await readFile(fileOf(`${name}.key`), "utf8"),
    cert: await readFile(fileOf(`${name}.pem`), "utf8"),
  });

const addressOf = (host: string, words: string) => `${server.address.replace("127.0.0.1", host)}?${words}`;
const readFrom = async (address: string) =>
  fetchAll(openSources({ env: { DB: address } }), await bareRepository(), manifest);

beforeAll(async () => {
  if (started === null) return;
  folder = await createFolder();
  await authority("ours");
  await authority("theirs");
  await signed("right", "ours", "2");
  await signed("old", "ours", "-1");
  await server.sql("CREATE TABLE reads AS SELECT 1 AS n, date '2026-01-05' AS at");
}, 60_000);

describe.skipIf(started === null)(`TLS with a database${started === null ? ` (SKIPPED: ${missing})` : ""}`, () => {
  it("is used as the address says, and its certificate is checked against the authority and the host", async () => {
    await serveWith("right");
    const by = (name: string) => `sslmode=verify-full&sslrootcert=${fileOf(`${name}.pem`)}`;

    const plain = await readFrom(server.address);
    const secure = await readFrom(addressOf("localhost", by("ours")));

    expect(secure).toHaveLength(1);
    // What the query selects says whether the connection was encrypted.
    expect(secure[0]!.sha256).not.toBe(plain[0]!.sha256);
    const refused = async (host: string, words: string) =>
      readFrom(addressOf(host, words)).catch((error: unknown) => error);
    expect(await refused("127.0.0.1", by("ours"))).toMatchObject({
      code: "source-unreachable",
      message: '"postgres:reads" cannot be read: its certificate is not accepted (ERR_TLS_CERT_ALTNAME_INVALID).',
      hint: "Use the host name of its certificate in DB, or get a certificate for the name that you use.",
    });
    for (const words of [by("theirs"), "sslmode=verify-full"]) {
      const error = (await refused("localhost", words)) as Error & { hint: string };
      expect(error).toMatchObject({ code: "source-unreachable", hint: expect.stringContaining("sslrootcert=") });
      expect(error.message).toMatch(/its certificate is not accepted \([A-Z_]+\)\.$/);
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/planted|localhost/);
    }
    expect(await refused("localhost", by("nobody"))).toMatchObject({
      code: "source-refused",
      message: '"postgres:reads" cannot be read: a file that the address in DB names cannot be read.',
    });
  });

  it.each([
    ["old", "ours", "CERT_HAS_EXPIRED", "valid today"],
    ["theirs", "ours", "DEPTH_ZERO_SELF_SIGNED_CERT", "sslrootcert="],
  ])("with a certificate that is %s is refused", async (served, root, reason, hint) => {
    await serveWith(served);

    const words = `sslmode=verify-full&sslrootcert=${fileOf(`${root}.pem`)}`;

    await expect(readFrom(addressOf("localhost", words))).rejects.toMatchObject({
      code: "source-unreachable",
      message: expect.stringContaining(`its certificate is not accepted (${reason})`),
      hint: expect.stringContaining(hint),
    });
    expect(await codeOf(readFrom(addressOf("localhost", "sslmode=disable")))).toBe("fine");
  });
});
