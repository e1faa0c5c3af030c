import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { startWebServer, type WebAnswer, type WebFault } from "@refit/testkit/web";
import { describe, expect, it, onTestFinished } from "vitest";
import { bareRepository, codeOf, fetchAll, listed, manifestOf, openSources } from "./world.ts";

const sha256 = (content: string) => createHash("sha256").update(content).digest("hex");
const commit = "0123456789abcdef0123456789abcdef01234567";
const contents = new Map([
  ["data/a.csv", "a\n1\n"],
  ["data/deep/b.csv", "a\n22\n"],
  ["data/ü c.csv", "a\n333\n"],
]);

/** What of the hub refit asks, as its documentation has it: the tree of a dataset in pages, and its files behind a redirect. */
async function hub() {
  const files = new Map(contents);
  const content = await startWebServer(({ path }) => {
    const text = files.get(decodeURIComponent(path.replace(/^\/cdn\//, "").replace(/\?.*/, "")));
    return text === undefined ? answerOf(404, "") : answerOf(200, text);
  });
  const server = await startWebServer(({ path }) => {
    const url = new URL(path, "http://hub");
    if (url.pathname.startsWith(`/api/datasets/acme/churn/tree/${commit}`)) {
      const names = [...contents.keys()];
      const at = Number(url.searchParams.get("cursor") ?? 0);
      const page = names.slice(at, at + 2).map((name) => entryOf(name));
      const next = `<http://${server.origin.slice(7)}${url.pathname}?recursive=true&cursor=${at + 2}>; rel="next"`;
      return answerOf(
        200,
        JSON.stringify([{ type: "directory", path: "data" }, ...page]),
        at + 2 < names.length ? { link: next } : {},
      );
    }
    const name = url.pathname.replace(`/datasets/acme/churn/resolve/${commit}/`, "");
    return answerOf(302, "", { location: `${content.origin}/cdn/${name}?Signature=planted` });
  });
  onTestFinished(() => server.close());
  onTestFinished(() => content.close());
  const entry = (file: string, at = commit) => ({
    path: `hf://datasets/acme/churn@${at}/${file}`,
    endpoint: server.origin,
    token: "HF_TOKEN",
    allowPrivate: true,
  });
  return { files, server, content, entry, repository: await bareRepository() };
}

const entryOf = (name: string) => {
  const text = contents.get(name)!;
  return {
    type: "file",
    path: name,
    size: Buffer.byteLength(text),
    oid: sha256(name).slice(0, 40),
    lfs: { oid: sha256(text) },
  };
};

function answerOf(status: number, text: string, headers: Record<string, string> = {}): WebAnswer {
  return { status, headers, body: Buffer.from(text) };
}

const open = () => openSources({ env: { HF_TOKEN: "planted-hub-token" } });

describe("hf: a dataset at a commit", () => {
  it("is listed in pages, fetched from where the hub redirects to, and told unchanged by its list", async () => {
    const { server, content, entry, repository } = await hub();
    const manifest = manifestOf([entry("data/**/*.csv")]);

    const fetched = await fetchAll(open(), repository, manifest);

    const texts = await Promise.all(fetched.map(({ localPath }) => readFile(localPath, "utf8")));
    expect(new Map(fetched.map(({ path }, i) => [path.replace(/^.*?@[0-9a-f]+\//, ""), texts[i]]))).toEqual(contents);
    expect(server.requests[0]!.path).toBe(`/api/datasets/acme/churn/tree/${commit}/data?recursive=true`);
    expect(server.requests.every(({ headers }) => headers.authorization === "Bearer planted-hub-token")).toBe(true);
    expect(content.requests.some(({ headers }) => headers.authorization !== undefined)).toBe(false);
    server.requests.length = 0;
    content.requests.length = 0;
    await fetchAll(open(), repository, manifest);
    expect([server.requests.length, content.requests.length]).toEqual([2, 0]);
  });

  it.each<[what: string, file: string, found: number]>([
    ["one file", "data/a.csv", 1],
    ["a pattern", "data/*.csv", 2],
    ["nothing", "data/none.csv", 0],
  ])("may be %s of it", async (_what, file, found) => {
    const { entry, repository } = await hub();

    expect((await listed(open(), repository, manifestOf([entry(file)]))).files).toHaveLength(found);
  });

  it("whose bytes are not those of its digest is refused, and one that is gone is named", async () => {
    const { files, entry, repository } = await hub();
    const manifest = manifestOf([entry("data/a.csv")]);
    files.set("data/a.csv", "a\n2\n");
    expect(await codeOf(fetchAll(open(), repository, manifest))).toBe("source-altered");
    files.delete("data/a.csv");
    await expect(fetchAll(open(), repository, manifest)).rejects.toMatchObject({
      code: "source-vanished",
      message: expect.stringContaining(`no longer has commit ${commit.slice(0, 12)}`),
    });
  });

  it.each<[what: string, fault: WebFault, code: string]>([
    ["half a list", { kind: "short", at: 0.5 }, "source-unreachable"],
    ["401", { kind: "status", status: 401 }, "source-refused"],
    ["429", { kind: "status", status: 429, headers: { "retry-after": "1" } }, "source-unreachable"],
  ])("names %s", async (_what, fault, code) => {
    const { server, entry, repository } = await hub();
    server.fault = () => fault;

    expect(await codeOf(listed(open(), repository, manifestOf([entry("data/*.csv")])))).toBe(code);
  });
});
