import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { sourceConformance } from "@refit/testkit/conformance/source";
import { type ObjectStore, startMoto } from "@refit/testkit/python";
import {
  forwardTo,
  objectBucket,
  startWebServer,
  type WebAnswer,
  type WebFault,
  type WebServer,
} from "@refit/testkit/web";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { bareRepository, codeOf, fetchAll, listed, manifestOf, openSources } from "./world.ts";

const { store: started, missing } = await startMoto();
const skipped = started === null ? ` (SKIPPED: ${missing})` : "";
const store = started as ObjectStore;

const env = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "planted-secret-key" };
const sha256 = (content: string | Uint8Array) => createHash("sha256").update(content).digest("hex");
const long = `a,b\n${Array.from({ length: 30_000 }, (_, i) => `${i},${(i * 7919) % 1000}`).join("\n")}\n`;

/** A bucket, and a server before the store that may fail, and may give smaller pages than it is asked for. */
async function scene({ isVersioned = true, perPage = 1000 } = {}) {
  const bucket = `b-${randomUUID().slice(0, 8)}`;
  await store.createBucket(bucket, { isVersioned });
  const forward = forwardTo(store.origin);
  const server = await startWebServer((request) =>
    forward({ ...request, path: request.path.replace("max-keys=1000", `max-keys=${perPage}`) }),
  );
  onTestFinished(() => server.close());
  const entry = (key: string, more: object = {}) => ({
    path: `s3://${bucket}/${key}`,
    endpoint: server.origin,
    allowPrivate: true,
    ...more,
  });
  return {
    bucket,
    server,
    entry,
    repository: await bareRepository(),
    put: (key: string, text: string | Uint8Array) => store.put(bucket, key, text),
  };
}

const open = () => openSources({ env });
/** What a request was for. */
const kindOf = ({ path: asked }: { readonly path: string }) => (asked.includes("list-type=2") ? "LIST" : "GET");
const kinds = ({ requests }: WebServer) => requests.map(kindOf);

afterAll(() => started?.close());

describe.skipIf(started === null)(`s3${skipped}`, () => {
  sourceConformance("s3, moto", async () => {
    const { bucket, entry, repository, put } = await scene();
    const texts = [
      ["data/a.csv", "a\n1\n"],
      ["data/b.csv", "a\n2\n"],
    ] as const;
    for (const [key, text] of texts) await put(key, text);
    const keyOf = (address: string) => address.replace(`s3://${bucket}/`, "");
    return {
      open,
      repository,
      manifest: manifestOf([entry("data/*")]),
      empty: manifestOf([entry("data/*.parquet")]),
      contents: new Map(texts.map(([key, text]) => [`s3://${bucket}/${key}`, text])),
      addUnreadable: async () => void (await put("data/notes.txt", "x")),
      change: async (address, content) => void (await put(keyOf(address), content)),
    };
  });

  it("lists keys of any letters, in pages, below what the pattern begins with", async () => {
    const { server, entry, repository, put } = await scene();
    const keys = [
      "in/a b.csv",
      "in/a+b.csv",
      "in/a&b.csv",
      "in/ä\u{1F600}.csv",
      "in/100%.csv",
      "in/<x>'\".csv",
      "in/deep/c.csv",
    ];
    for (const key of [...keys, "out/d.csv", "index.csv"]) await put(key, `a\n${key.length}\n`);

    const fetched = await fetchAll(open(), repository, manifestOf([entry("in/**/*.csv")]));

    expect(fetched.map(({ path: address }) => address.replace(/^s3:\/\/[^/]*\//, ""))).toEqual(keys.sort());
    expect(server.requests[0]!.path).toMatch(/prefix=in%2F$/);
  });

  it("asks for a single object by one page, and tells it from its neighbours", async () => {
    const { server, entry, repository, put } = await scene();
    for (const key of ["a.csv", "a.csv.csv", "a.csv0.csv"]) await put(key, "a\n1\n");

    const { files } = await listed(open(), repository, manifestOf([entry("a.csv")]));

    expect(files).toHaveLength(1);
    expect(kinds(server)).toEqual(["LIST"]);
  });

  // Full pages: test/e2e/unchanged-objects.test.ts.
  it("tells unchanged objects on two pages by two listings, and fetches the one that changed", async () => {
    const { server, entry, repository, put } = await scene({ perPage: 40 });
    const keys = Array.from({ length: 44 }, (_, i) => `many/${i}.csv`);
    await Promise.all(keys.map((key, i) => put(key, `a\n${i}\n`)));
    const manifest = manifestOf([entry("many/*.csv")]);
    await fetchAll(open(), repository, manifest);
    server.requests.length = 0;

    const sources = open();
    const { files } = await listed(sources, repository, manifest);
    const known = await Promise.all(files.map((file) => sources.knownDigest(repository, file)));
    expect([files.length, known.filter((digest) => digest === null).length]).toEqual([44, 0]);
    expect(kinds(server)).toEqual(["LIST", "LIST"]);

    await put("many/7.csv", "a\nchanged\n");
    server.requests.length = 0;
    await fetchAll(open(), repository, manifest);
    expect(kinds(server)).toEqual(["LIST", "LIST", "GET"]);
  });

  it("asks for one listing and one object where one of 100 has changed", async () => {
    const { server, repository, entry, put } = await scene();
    const keys = Array.from({ length: 100 }, (_, i) => `hundred/${i}.csv`);
    await Promise.all(keys.map((key) => put(key, `a\n${key}\n`)));
    const manifest = manifestOf([entry("hundred/*.csv")]);
    expect(await fetchAll(open(), repository, manifest)).toHaveLength(100);
    await put(keys[37]!, "a\nchanged\n");
    server.requests.length = 0;

    const fetched = await fetchAll(open(), repository, manifest);

    expect(fetched.filter(({ sha256: digest }) => digest === sha256("a\nchanged\n"))).toHaveLength(1);
    expect(kinds(server)).toEqual(["LIST", "GET"]);
  });

  it("keeps the version id, and asks for that version", async () => {
    const { server, entry, repository, put } = await scene();
    const versionId = await put("a.csv", long);
    const manifest = manifestOf([entry("a.csv")]);

    const [file] = await fetchAll(open(), repository, manifest);
    const [again] = (await listed(open(), repository, manifest)).files;

    expect(file!.version).toEqual({ etag: `"${createHash("md5").update(long).digest("hex")}"`, versionId });
    expect(again!.version).toEqual(file!.version);
    expect(server.requests.filter((request) => kindOf(request) === "GET")).toHaveLength(1);
  });

  it("does not read a newer object in the place of the listed one", async () => {
    const { entry, repository, put } = await scene();
    await put("a.csv", long);
    const sources = open();
    const [file] = (await listed(sources, repository, manifestOf([entry("a.csv")]))).files;
    await put("a.csv", long.replaceAll("7", "8"));

    await expect(sources.fetch(repository, file!)).rejects.toMatchObject({
      code: "source-vanished",
      message: expect.stringContaining("ETag"),
    });
  });

  it("names an object that was removed since it was listed", async () => {
    const { bucket, entry, repository, put } = await scene();
    await put("a.csv", long);
    const sources = open();
    const [file] = (await listed(sources, repository, manifestOf([entry("a.csv")]))).files;
    await store.remove(bucket, "a.csv");

    expect(await codeOf(sources.fetch(repository, file!))).toBe("source-vanished");
  });

  it.each<[what: string, fault: WebFault, code: string]>([
    ["a reset", { kind: "reset" }, "source-unreachable"],
    ["a body that is cut", { kind: "cut", at: 0.4 }, "source-unreachable"],
    ["a short body that says it is whole", { kind: "short", at: 0.4 }, "source-unreachable"],
    ["500", { kind: "status", status: 500 }, "source-unreachable"],
    ["304 that nobody asked for", { kind: "status", status: 304 }, "source-unreachable"],
    ["an expired signature", { kind: "status", status: 403, code: "RequestExpired" }, "source-refused"],
    [
      "another region",
      { kind: "status", status: 301, headers: { "x-amz-bucket-region": "eu-west-1" } },
      "source-refused",
    ],
    ["spoiled bytes", { kind: "spoil" }, "source-altered"],
    ["a server that says nothing", { kind: "hang" }, "source-unreachable"],
  ])("names %s of a download, and uses none of it", async (_what, fault, code) => {
    const { server, entry, repository, put } = await scene();
    await put("a.csv", long);
    server.fault = (request) => (kindOf(request) === "GET" ? fault : null);
    const manifest = manifestOf([entry("a.csv")]);
    const patience = { secondMs: 1, timeoutMs: 150 };

    expect(await codeOf(fetchAll(openSources({ env, patience }), repository, manifest))).toBe(code);

    server.fault = () => null;
    expect((await fetchAll(open(), repository, manifest))[0]!.sha256).toBe(sha256(long));
  });

  it.each<[what: string, fault: WebFault, code: string]>([
    ["half of it", { kind: "short", at: 0.5 }, "source-unreachable"],
    ["a reset", { kind: "reset" }, "source-unreachable"],
    ["503", { kind: "status", status: 503 }, "source-unreachable"],
    ["a refusal", { kind: "status", status: 403, code: "AccessDenied" }, "source-refused"],
  ])("names %s of a listing", async (_what, fault, code) => {
    const { server, entry, repository, put } = await scene();
    await put("a.csv", "a\n1\n");
    server.fault = (request) => (kindOf(request) === "LIST" ? fault : null);

    expect(await codeOf(listed(open(), repository, manifestOf([entry("*.csv")])))).toBe(code);
  });

  it("repairs bytes that were spoiled once on the way", async () => {
    const { server, entry, repository, put } = await scene();
    await put("a.csv", long);
    const faults: WebFault[] = [{ kind: "cut", at: 0.5 }, { kind: "spoil" }];
    server.fault = (request) => (kindOf(request) === "GET" ? (faults.shift() ?? null) : null);

    expect((await fetchAll(open(), repository, manifestOf([entry("a.csv")])))[0]!.sha256).toBe(sha256(long));
  });

  it("signs with the keys that the manifest names by their prefix, and keeps them to itself", async () => {
    const { server, entry, repository, put } = await scene();
    await put("a.csv", long);
    const named = { R2_ACCESS_KEY_ID: "R2ID", R2_SECRET_ACCESS_KEY: "planted-r2", R2_SESSION_TOKEN: "planted-session" };
    const manifest = manifestOf([entry("a.csv", { credentials: "R2", region: "auto" })]);

    const fetched = await fetchAll(openSources({ env: { ...env, ...named } }), repository, manifest);

    const { headers } = server.requests.at(-1)!;
    expect(headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=R2ID\/\d{8}\/auto\/s3\/aws4_request, /);
    expect(headers["x-amz-security-token"]).toBe("planted-session");
    const kept = await readdir(repository.root, { recursive: true, withFileTypes: true });
    const texts = await Promise.all(
      kept.filter((each) => each.isFile()).map((each) => readFile(path.join(each.parentPath, each.name), "utf8")),
    );
    expect([...texts, JSON.stringify(fetched)].filter((text) => /planted|R2ID/.test(text))).toEqual([]);
  });

  it("asks without a signature where there are no keys, and refuses half a pair by its name", async () => {
    const { server, entry, repository, put } = await scene();
    await put("a.csv", "a\n1\n");
    const manifest = manifestOf([entry("a.csv")]);

    await codeOf(listed(openSources({ env: {} }), repository, manifest));
    const half = listed(openSources({ env: { AWS_ACCESS_KEY_ID: "x" } }), repository, manifest);

    expect(server.requests[0]!.headers.authorization).toBeUndefined();
    await expect(half).rejects.toMatchObject({
      code: "source-refused",
      message: expect.stringContaining("AWS_SECRET_ACCESS_KEY is not set"),
    });
    const named = manifestOf([entry("a.csv", { credentials: "R2" })]);
    await expect(listed(openSources({ env }), repository, named)).rejects.toMatchObject({
      message: expect.stringContaining("R2_ACCESS_KEY_ID"),
    });
  });

  it("names a bucket that is not there", async () => {
    const { server, repository } = await scene();
    const manifest = manifestOf([{ path: "s3://nowhere-at-all/a.csv", endpoint: server.origin, allowPrivate: true }]);

    await expect(listed(open(), repository, manifest)).rejects.toMatchObject({
      code: "source-refused",
      message: expect.stringContaining("there is no bucket of this name"),
    });
  });
});

describe("s3: the endpoint", () => {
  it("in a private network is refused unless that is allowed", async () => {
    const manifest = manifestOf([{ path: "s3://bucket/a.csv", endpoint: "http://127.0.0.1:9" }]);

    expect(await codeOf(listed(open(), await bareRepository(), manifest))).toBe("source-refused");
  });

  /** An endpoint that answers every request alike. */
  async function endpointWith(answer: Partial<WebAnswer>) {
    const server = await startWebServer(() => ({ status: 200, headers: {}, body: Buffer.from(""), ...answer }));
    onTestFinished(() => server.close());
    return manifestOf([{ path: "s3://bucket/in/*.csv", endpoint: server.origin, allowPrivate: true }]);
  }

  it.each<[what: string, answer: Partial<WebAnswer>, why: string, hint: string]>([
    [
      "is the web console",
      { headers: { "content-type": "text/html; charset=utf-8" }, body: Buffer.from("<html></html>") },
      "a web page came instead of a listing",
      "port 9000, not 9001",
    ],
    [
      "wants https",
      { status: 308, headers: { location: "https://minio.example.org/bucket/" } },
      "the store answered 308, which leads elsewhere",
      "with `https:` if it asks for that",
    ],
    [
      "is that of another region",
      { status: 301, headers: { location: "https://elsewhere/", "x-amz-bucket-region": "eu-west-1" } },
      "the store answered 301",
      "`region: eu-west-1`",
    ],
    [
      "is asked with a token that has expired",
      { status: 400, body: Buffer.from("<Error><Code>ExpiredToken</Code></Error>") },
      "the store answered 400 (ExpiredToken)",
      "AWS_SESSION_TOKEN",
    ],
    [
      "is asked by a machine whose clock is wrong",
      { status: 403, body: Buffer.from("<Error><Code>RequestTimeTooSkewed</Code></Error>") },
      "the store answered 403 (RequestTimeTooSkewed)",
      "Set the clock",
    ],
    [
      "has lost the key of the objects",
      { status: 400, body: Buffer.from("<Error><Code>KMS.DisabledException</Code></Error>") },
      "the store answered 400 (KMS.DisabledException)",
      "Enable the key in KMS",
    ],
  ])("that %s is told at once, with what to do", async (_what, answer, why, hint) => {
    const sources = openSources({ env });

    await expect(listed(sources, await bareRepository(), await endpointWith(answer))).rejects.toMatchObject({
      code: "source-refused",
      message: expect.stringContaining(`cannot be read: ${why}.`),
      hint: expect.stringContaining(hint),
    });
  });
});

describe("s3: a key without wildcards", () => {
  const objects = new Map(
    ["sales/1.csv", "sales/2.csv", "out.csv/part-0.csv", "all.csv"].map((key) => [key, "a\n1\n"]),
  );

  it.each<[key: string, files: number, notices: readonly RegExp[]]>([
    ["sales", 0, [/^"s3:\/\/b\/sales" is not an object, .*: write "s3:\/\/b\/sales\/\*" into/]],
    ["sales/", 0, [/^"s3:\/\/b\/sales\/" is not an object, .*: write "s3:\/\/b\/sales\/\*" into/]],
    ["out.csv", 0, [/: write "s3:\/\/b\/out\.csv\/\*" into .*, or "s3:\/\/b\/out\.csv\/\*\*\/\*"/]],
    ["all.csv", 1, []],
    ["sale", 0, []],
  ])("that is %s names %i objects, or the pattern that does", async (key, count, notices) => {
    const server = await startWebServer(objectBucket("b", objects));
    onTestFinished(() => server.close());
    const manifest = manifestOf([{ path: `s3://b/${key}`, endpoint: server.origin, allowPrivate: true }]);

    const found = await listed(open(), await bareRepository(), manifest);

    expect([found.files.length, found.findings.map(({ code }) => code)]).toEqual([
      count,
      count === 0 ? ["no-files"] : [],
    ]);
    expect(found.notices).toEqual(notices.map((notice) => expect.stringMatching(notice) as string));
  });
});
