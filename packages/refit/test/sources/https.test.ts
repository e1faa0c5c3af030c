import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { sourceConformance } from "@refit/testkit/conformance/source";
import { startWebServer, type WebFault, type WebFile, webFiles, type WebServer } from "@refit/testkit/web";
import { temporaryFolder } from "@refit/testkit";
import { describe, expect, it, onTestFinished } from "vitest";
import { bareRepository, codeOf, fetchAll, listed, manifestOf, openSources, webServer } from "./world.ts";

const sha256 = (content: string | Uint8Array) => createHash("sha256").update(content).digest("hex");

/** Rows of some hundred kB, so that an answer can break off in the middle. */
const long = `a,b\n${Array.from({ length: 40_000 }, (_, i) => `${i},${(i * 7919) % 1000}`).join("\n")}\n`;

/** Faults of the first requests that match, in turn. */
function faultsOf(server: WebServer, method: string, ...faults: WebFault[]): void {
  server.fault = (request) => (request.method === method ? (faults.shift() ?? null) : null);
}

const methods = ({ requests }: WebServer) => requests.map(({ method }) => method);

async function scene(content: string | Uint8Array = long, more: Partial<WebFile> = {}) {
  const files = new Map<string, WebFile | string>([["/data/a.csv", { content, ...more }]]);
  const server = await webServer(files);
  const repository = await bareRepository();
  return { files, server, repository, manifest: manifestOf([`${server.origin}/data/a.csv`]) };
}

sourceConformance("https, a web server", async () => {
  const texts = [
    ["a.csv", "a\n1\n"],
    ["b.csv", "a\n2\n"],
  ] as const;
  const files = new Map<string, WebFile>(texts.map(([name, content]) => [`/data/${name}`, { content }]));
  const server = await webServer(files);
  const addressOf = (name: string) => `${server.origin}/data/${name}`;
  const contents = new Map(texts.map(([name, content]) => [addressOf(name), content]));
  const manifest = manifestOf(texts.map(([name]) => addressOf(name)));
  return {
    open: () => openSources(),
    repository: await bareRepository(),
    manifest,
    empty: manifestOf([addressOf("none.csv")]),
    contents,
    async addUnreadable() {
      // One entry names one file.
      files.set("/data/notes.txt", { content: "x" });
      manifest.sources.push({ path: addressOf("notes.txt"), allowPrivate: true });
    },
    change: async (address, content) => void files.set(new URL(address).pathname, { content }),
  };
});

describe("https: what has not changed", () => {
  it("is told by one HEAD, also by another process, and never fetched again", async () => {
    const { server, repository, manifest } = await scene();
    await fetchAll(openSources(), repository, manifest);
    server.requests.length = 0;

    const sources = openSources();
    const [file] = (await listed(sources, repository, manifest)).files;
    expect(await sources.knownDigest(repository, file!)).toBe(sha256(long));
    expect((await sources.fetch(repository, file!)).sha256).toBe(sha256(long));
    expect(methods(server)).toEqual(["HEAD"]);
  });

  it("is listed once in a process", async () => {
    const { server, repository, manifest } = await scene();
    const sources = openSources();

    await Promise.all([listed(sources, repository, manifest), listed(sources, repository, manifest)]);

    expect(methods(server)).toEqual(["HEAD"]);
  });

  it("is told by a time that was old enough when it was said, and not by a fresh one", async () => {
    const old = new Date(Date.now() - 3_600_000).toUTCString();
    const told = await scene("a\n1\n", { etag: null, lastModified: old });
    const racy = await scene("a\n1\n", { etag: null, lastModified: new Date().toUTCString() });

    const [first] = (await listed(openSources(), told.repository, told.manifest)).files;
    const listing = await listed(openSources(), racy.repository, racy.manifest);

    expect(first!.version).toEqual({ lastModified: old });
    expect(listing.files[0]!.version).toEqual({ sha256: sha256("a\n1\n") });
    expect(listing.notices).toEqual([expect.stringContaining("is downloaded in every run")]);
    expect(methods(racy.server)).toEqual(["HEAD", "GET"]);
  });

  it("is asked for by GET where a server knows no HEAD", async () => {
    const { server, repository, manifest } = await scene();
    faultsOf(server, "HEAD", { kind: "status", status: 405 });

    const { files } = await listed(openSources(), repository, manifest);

    expect(files.map(({ bytes }) => bytes)).toEqual([long.length]);
  });
});

describe("https: bytes on the way", () => {
  it("are fetched on where the connection broke off, within a run", async () => {
    const { server, repository, manifest } = await scene();
    faultsOf(server, "GET", { kind: "cut", at: 0.6 }, { kind: "cut", at: 0.5 });

    const [file] = await fetchAll(openSources(), repository, manifest);

    expect(file!.sha256).toBe(sha256(long));
    const ranges = server.requests.filter(({ method }) => method === "GET").map(({ headers }) => headers.range);
    expect(ranges).toEqual([undefined, expect.stringMatching(/^bytes=\d+-$/), expect.stringMatching(/^bytes=\d+-$/)]);
  });

  it("are fetched on by the next run of the same process", async () => {
    const { server, repository, manifest } = await scene();
    server.fault = ({ method }) => (method === "GET" ? { kind: "cut", at: 0.3 } : null);
    expect(await codeOf(fetchAll(openSources(), repository, manifest))).toBe("source-unreachable");
    server.fault = () => null;
    server.requests.length = 0;

    const [file] = await fetchAll(openSources(), repository, manifest);

    expect(file!.sha256).toBe(sha256(long));
    expect(server.requests.at(-1)!.headers.range).toMatch(/^bytes=[1-9]/);
  });

  it.each<[what: string, etag: string | null]>([
    ["a weak ETag", 'W/"1"'],
    ["no ETag", null],
  ])("begin again with %s", async (_what, etag) => {
    const lastModified = new Date(0).toUTCString();
    const { server, repository, manifest } = await scene(long, { etag, lastModified });
    faultsOf(server, "GET", { kind: "cut", at: 0.6 });

    const [file] = await fetchAll(openSources(), repository, manifest);

    expect(file!.sha256).toBe(sha256(long));
    expect(server.requests.map(({ headers }) => headers.range)).toEqual([undefined, undefined, undefined]);
  });

  it.each<[what: string, fault: WebFault, code: string]>([
    ["a reset", { kind: "reset" }, "source-unreachable"],
    ["a body that is cut", { kind: "cut", at: 0.4 }, "source-unreachable"],
    ["a short body that says it is whole", { kind: "short", at: 0.4 }, "source-unreachable"],
    ["500", { kind: "status", status: 500 }, "source-unreachable"],
    ["503 with a wait", { kind: "status", status: 503, headers: { "retry-after": "1" } }, "source-unreachable"],
    ["304 that nobody asked for", { kind: "status", status: 304 }, "source-unreachable"],
    ["403", { kind: "status", status: 403 }, "source-refused"],
    ["404", { kind: "status", status: 404 }, "source-vanished"],
    ["a server that says nothing", { kind: "hang" }, "source-unreachable"],
    ["a page to log in", { kind: "status", status: 200, headers: { "content-type": "text/html" } }, "source-refused"],
    ["packed bytes", { kind: "status", status: 200, headers: { "content-encoding": "gzip" } }, "source-refused"],
  ])("that end in %s are named, and none is used", async (_what, fault, code) => {
    const { server, repository, manifest } = await scene();
    server.fault = ({ method }) => (method === "GET" ? fault : null);
    const hasty = { secondMs: 1, timeoutMs: 150 };

    expect(await codeOf(fetchAll(openSources({ patience: hasty }), repository, manifest))).toBe(code);

    server.fault = () => null;
    expect((await fetchAll(openSources(), repository, manifest))[0]!.sha256).toBe(sha256(long));
  });

  it("of a file that was overwritten since it was listed are not read in its stead", async () => {
    const { files, repository, manifest } = await scene();
    const sources = openSources();
    const [file] = (await listed(sources, repository, manifest)).files;
    files.set("/data/a.csv", { content: long.replaceAll("7", "8") });

    await expect(sources.fetch(repository, file!)).rejects.toMatchObject({
      code: "source-vanished",
      message: expect.stringContaining("no longer has the version with the ETag"),
    });
  });

  it("that are others under the same ETag are refused", async () => {
    const { files, repository, manifest } = await scene(long, { etag: '"1"' });
    await fetchAll(openSources(), repository, manifest);
    const content = path.join(repository.commonDir, "refit/cache/content", sha256(long));
    await writeFile(content, "damaged");
    files.set("/data/a.csv", { content: long.replaceAll("7", "8"), etag: '"1"' });

    expect(await codeOf(fetchAll(openSources(), repository, manifest))).toBe("source-altered");
  });

  it("that were damaged in the cache are fetched again", async () => {
    const { server, repository, manifest } = await scene();
    await fetchAll(openSources(), repository, manifest);
    await writeFile(path.join(repository.commonDir, "refit/cache/content", sha256(long)), long.replace("7", "8"));

    const [file] = await fetchAll(openSources(), repository, manifest);

    expect(await readFile(file!.localPath, "utf8")).toBe(long);
    expect(methods(server).filter((method) => method === "GET")).toHaveLength(2);
  });

  it.each([
    ["says", {}],
    ["does not say", { "transfer-encoding": "chunked" }],
  ])("beyond the limit end the run, where the server %s how many there are", async (_what, headers) => {
    const big = "a\n".repeat(700_000);
    const server = await startWebServer((request) => {
      const answer = webFiles(new Map([["/a.csv", { content: big }]]))(request);
      return { ...answer, headers: { ...answer.headers, ...headers } };
    });
    onTestFinished(() => server.close());
    const repository = await bareRepository();
    const manifest = manifestOf([`${server.origin}/a.csv`], { downloadMiB: 1 });

    expect(await codeOf(fetchAll(openSources(), repository, manifest))).toBe("data-limit");
    expect(await readdir(path.join(repository.commonDir, "refit/cache/content"))).toEqual([]);
  });
});

describe("https: where a name leads", () => {
  it("is refused for this machine and private networks unless they are allowed", async () => {
    const { server, repository } = await scene();
    const port = new URL(server.origin).port;

    for (const host of ["127.0.0.1", "localhost", "[::1]", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]"]) {
      const manifest = manifestOf([{ path: `http://${host}:${port}/data/a.csv` }]);
      expect([host, await codeOf(listed(openSources(), repository, manifest))]).toEqual([host, "source-refused"]);
    }
    expect(server.requests).toEqual([]);
  });

  it("is looked up once, and what was checked is what is connected to", async () => {
    const { server, repository } = await scene();
    const answers = ["127.0.0.1", "127.0.0.2"];
    let lookups = 0;
    const network = {
      lookup: ((_name: string, _options: object, callback: (error: null, found: object[]) => void) =>
        callback(null, [{ address: answers[lookups++]!, family: 4 }])) as never,
      isPrivate: (address: string) => address !== "127.0.0.1",
    };
    const manifest = manifestOf([{ path: `${server.origin.replace("127.0.0.1", "rebound.example")}/data/a.csv` }]);

    const { files } = await listed(openSources({ network }), repository, manifest);

    expect(files).toHaveLength(1);
    expect(lookups).toBe(1);
  });

  it("is checked again after a redirect", async () => {
    const { files, server, repository } = await scene();
    const inside = await startWebServer(webFiles(new Map([["/a.csv", { content: "a\n1\n" }]])), { host: "127.0.0.2" });
    onTestFinished(() => inside.close());
    files.set("/moved.csv", `${inside.origin}/a.csv`);
    const network = { lookup: undefined as never, isPrivate: (address: string) => address !== "127.0.0.1" };
    const isAllowed = { network: { ...network, isPrivate: () => false } };
    const manifest = manifestOf([{ path: `${server.origin}/moved.csv` }]);

    // http to http is followed only in private networks, so the rule of the scheme would hide that of the address.
    const entry = manifest.sources[0]!;
    expect(await codeOf(listed(openSources({ network }), repository, manifest))).toBe("source-refused");
    expect(inside.requests).toEqual([]);
    const allowed = { ...manifest, sources: [{ ...entry, allowPrivate: true }] };
    expect(await codeOf(listed(openSources(isAllowed), repository, allowed))).toBe("fine");
    expect(inside.requests).toHaveLength(1);
  });

  it("is followed five times and no more", async () => {
    const { files, server, repository } = await scene();
    for (let i = 1; i <= 6; i++) files.set(`/${i}.csv`, i === 1 ? "/data/a.csv" : `/${i - 1}.csv`);

    const after = (redirects: number) =>
      codeOf(fetchAll(openSources(), repository, manifestOf([`${server.origin}/${redirects}.csv`])));

    expect([await after(5), await after(6)]).toEqual(["fine", "source-refused"]);
  });

  it.each(["file:///etc/passwd", "ftp://127.0.0.1/a.csv", "http://[", "gopher://x/"])(
    "is refused for %s",
    async (target) => {
      const { files, server, repository } = await scene();
      files.set("/moved.csv", target);

      expect(await codeOf(listed(openSources(), repository, manifestOf([`${server.origin}/moved.csv`])))).toBe(
        "source-refused",
      );
    },
  );
});

describe("https: a token", () => {
  const secret = "planted-5ecret-value-0123456789";

  it("is sent to its own origin, by the name of its variable, and stands in no file and no message", async () => {
    const { files, server, repository } = await scene(long, { token: secret });
    const other = await webServer(new Map([["/a.csv", { content: "a\n1\n" }]]));
    files.set("/moved.csv", `${other.origin}/a.csv?X-Amz-Signature=planted-in-a-redirect`);
    const entries = ["data/a.csv", "moved.csv"].map((name) => ({
      path: `${server.origin}/${name}`,
      token: "DATA_TOKEN",
      allowPrivate: true,
    }));
    const sources = openSources({ env: { DATA_TOKEN: secret } });

    const fetched = await fetchAll(sources, repository, manifestOf(entries));

    expect(fetched).toHaveLength(2);
    expect(server.requests.every(({ headers }) => headers.authorization === `Bearer ${secret}`)).toBe(true);
    expect(other.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
    const kept = await readdir(repository.root, { recursive: true, withFileTypes: true });
    const texts = await Promise.all(
      kept.filter((each) => each.isFile()).map((each) => readFile(path.join(each.parentPath, each.name), "utf8")),
    );
    expect([...texts, JSON.stringify(fetched)].filter((text) => /planted/.test(text))).toEqual([]);
  });

  it.each<[what: string, env: Record<string, string>]>([
    ["is missing", {}],
    ["is empty", { DATA_TOKEN: " " }],
    ["has a line end in it", { DATA_TOKEN: "planted\r\nx-more: 1" }],
    ["is wrong", { DATA_TOKEN: "planted" }],
  ])("that %s is refused by its name", async (_what, env) => {
    const { server, repository } = await scene(long, { token: secret });
    const manifest = manifestOf([{ path: `${server.origin}/data/a.csv`, token: "DATA_TOKEN", allowPrivate: true }]);

    const error: unknown = await listed(openSources({ env }), repository, manifest).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code: "source-refused", hint: expect.stringContaining("DATA_TOKEN") });
    expect(JSON.stringify([String(error), error])).not.toContain("planted");
  });
});

/** Makes the certificate that nobody signed. */
const canCertify = spawnSync("openssl", ["version"]).status === 0;

describe.skipIf(!canCertify)(`https: certificates${canCertify ? "" : " (SKIPPED: there is no openssl here)"}`, () => {
  it("of an unknown authority are refused", async () => {
    const folder = await temporaryFolder();
    const [key, cert] = [path.join(folder, "key.pem"), path.join(folder, "cert.pem")];
    const words = `req -x509 -newkey rsa:2048 -nodes -keyout ${key} -out ${cert} -days 2 -subj /CN=localhost`;
    spawnSync("openssl", words.split(" "));
    const secure = { key: await readFile(key, "utf8"), cert: await readFile(cert, "utf8") };
    const server = await startWebServer(webFiles(new Map([["/a.csv", { content: "a\n1\n" }]])), { secure });
    onTestFinished(() => server.close());

    const listing = listed(openSources(), await bareRepository(), manifestOf([`${server.origin}/a.csv`]));

    await expect(listing).rejects.toMatchObject({
      code: "source-unreachable",
      message: expect.stringContaining("its certificate is not accepted"),
    });
    expect(server.requests).toEqual([]);
  });
});
