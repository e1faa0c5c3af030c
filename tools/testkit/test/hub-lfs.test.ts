import { createHash } from "node:crypto";
import { onTestFinished, describe, expect, it } from "vitest";
import { startHub, type Hub } from "../src/index.ts";

const content = Buffer.from("a model of some size");
const oid = createHash("sha256").update(content).digest("hex");
const object = { oid, size: content.length };

async function openHub(settings: Parameters<Hub["set"]>[0] = {}) {
  const hub = await startHub({ settings });
  onTestFinished(() => hub.close());

  async function call(path: string, token: string | null, init: RequestInit = {}) {
    const authorization =
      token === null ? {} : { authorization: hub.authHeader(token).replace(/^AUTHORIZATION: /, "") };
    const answer = await fetch(`${hub.gitUrl()}${path}`, { ...init, headers: authorization });
    const body = Buffer.from(await answer.arrayBuffer());
    return { status: answer.status, headers: answer.headers, body, json: () => JSON.parse(body.toString()) as unknown };
  }
  const batch = (operation: string, token: string | null) =>
    call("/info/lfs/objects/batch", token, {
      method: "POST",
      body: JSON.stringify({ operation, transfers: ["basic"], objects: [object] }),
    });
  const upload = (token: string | null, body: Uint8Array<ArrayBuffer> = Buffer.from(content)) =>
    call(`/lfs/objects/${oid}`, token, { method: "PUT", body });
  return { hub, call, batch, upload };
}

/** Answers as git-lfs documents them: docs/api/batch.md and docs/api/basic-transfers.md. */
describe("Git LFS on the hub", () => {
  it("takes an object and gives it back", async () => {
    const { hub, call, batch, upload } = await openHub();
    const { bot } = hub.tokens;
    const href = expect.stringContaining(`/octo/demo.git/lfs/objects/${oid}`);
    expect((await batch("upload", bot)).json()).toMatchObject({ objects: [{ oid, actions: { upload: { href } } }] });

    expect((await upload(bot)).status).toBe(200);

    expect((await batch("upload", bot)).json()).toMatchObject({ objects: [{ oid }] });
    expect((await batch("download", bot)).json()).toMatchObject({ objects: [{ actions: { download: { href } } }] });
    expect((await call(`/lfs/objects/${oid}`, bot)).body).toEqual(content);
  });

  it("says of each object that it does not have it", async () => {
    const { hub, batch } = await openHub();

    const answer = await batch("download", hub.tokens.bot);

    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("application/vnd.git-lfs+json");
    expect(answer.json()).toMatchObject({ objects: [{ oid, error: { code: 404 } }] });
  });

  it.each<[why: string, token: keyof Hub["tokens"] | null, isPrivate: boolean, upload: number, download: number]>([
    ["a job's token", "bot", true, 200, 200],
    ["a read-only token", "readOnly", true, 403, 200],
    ["no token", null, true, 401, 401],
    ["no token, in public", null, false, 401, 200],
  ])("asks for rights as GitHub does: %s", async (_why, name, isPrivate, upload, download) => {
    const { hub, batch } = await openHub({ private: isPrivate });
    const token = name === null ? null : hub.tokens[name];

    const sent = await batch("upload", token);

    expect([sent.status, (await batch("download", token)).status]).toEqual([upload, download]);
    expect(sent.headers.has("lfs-authenticate")).toBe(upload === 401);
  });

  it("takes nothing that is not what its name says", async () => {
    const { hub, upload } = await openHub();

    expect((await upload(hub.tokens.bot, Buffer.from("other"))).status).toBe(422);
  });
});
