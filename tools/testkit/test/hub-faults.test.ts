import { Octokit } from "@octokit/rest";
import { retry } from "@octokit/plugin-retry";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { primaryLimit, secondaryLimit, temporaryRepository } from "../src/index.ts";
import { answer, openScene, repo, silent, type Scene } from "./hub-scene.ts";

let s: Scene;
let issue_number: number;
beforeEach(async () => {
  s = await openScene();
  issue_number = await s.propose("refit--churn");
});
afterEach(() => s.hub.close());

const comment = (client: Octokit = s.bot) => client.issues.createComment({ ...repo, issue_number, body: "x" });
const comments = async () => (await s.bot.issues.listComments({ ...repo, issue_number })).data.length;
const onComments = { method: "POST", path: /\/comments$/ };

describe("a scripted fault of the API", () => {
  it.each<[what: string, fault: Parameters<Scene["hub"]["fault"]>[0], status: number, message: RegExp]>([
    ["a server error", { status: 502, body: { message: "Bad Gateway" } }, 502, /^Bad Gateway/],
    ["the hour used up", primaryLimit, 429, /^API rate limit exceeded/],
    ["too many writes at once", secondaryLimit, 403, /^You have exceeded a secondary rate limit/],
    [
      "a page that is no JSON",
      { status: 503, headers: { "content-type": "text/html" }, body: "<html>unicorn</html>" },
      503,
      /unicorn/,
    ],
  ])("answers as told, once: %s", async (_what, fault, status, message) => {
    s.hub.fault({ ...onComments, ...fault });

    expect(await answer(comment())).toEqual({ status, message: expect.stringMatching(message) });
    expect(await comments()).toBe(0);
    expect((await answer(comment())).status).toBe(201);
    expect(s.hub.pendingFaults()).toEqual([]);
  });

  it("goes away when a client tries again often enough", async () => {
    s.hub.fault({ ...onComments, status: 503, times: 2 });
    const Patient = Octokit.plugin(retry);
    const client = new Patient({
      baseUrl: s.hub.apiUrl,
      auth: s.hub.tokens.bot,
      log: silent,
      retry: { retryAfterBaseValue: 1 },
    });

    expect((await comment(client)).status).toBe(201);
    expect(
      s.hub.requests
        .filter(({ method, path }) => method === "POST" && path.endsWith("/comments"))
        .map(({ status }) => status),
    ).toEqual([503, 503, 201]);
  });

  it("lets the first ones pass when told so", async () => {
    s.hub.fault({ ...onComments, skip: 1, status: 500 });

    expect((await answer(comment())).status).toBe(201);
    expect((await answer(comment())).status).toBe(500);
  });

  it.each<[what: string, fault: Parameters<Scene["hub"]["fault"]>[0], done: number, says: RegExp]>([
    ["cut before", { reset: true }, 0, /other side closed|socket hang up|fetch failed/],
    ["done, but the answer was lost", { after: true }, 1, /other side closed|socket hang up|fetch failed/],
    ["done, but an error was answered", { after: true, status: 502 }, 1, /Server Error/],
  ])("leaves the client without a good answer: %s", async (_what, fault, done, says) => {
    s.hub.fault({ ...onComments, ...fault });

    await expect(comment()).rejects.toThrow(says);
    expect(await comments()).toBe(done);
  });

  it("hangs until the client gives up", async () => {
    s.hub.fault({ ...onComments, hang: true });
    const signal = AbortSignal.timeout(50);

    await expect(s.bot.issues.createComment({ ...repo, issue_number, body: "x", request: { signal } })).rejects.toThrow(
      /aborted|timeout/i,
    );
    expect(await comments()).toBe(0);
  });

  it("reaches GraphQL", async () => {
    s.hub.fault({ path: /^\/graphql$/, status: 502 });

    await expect(s.bot.graphql("{ viewer { login } }")).rejects.toMatchObject({ status: 502 });
  });
});

describe("a scripted fault of git", () => {
  async function workspace() {
    const work = await temporaryRepository({ empty: true });
    await work.git("config", `http.${s.hub.url}/.extraheader`, s.hub.authHeader(s.hub.tokens.bot));
    await work.git("fetch", "--quiet", s.hub.gitUrl(), "main");
    await work.git("reset", "--quiet", "--hard", "FETCH_HEAD");
    await work.commit("Mine");
    return work;
  }
  const exists = async (branch: string) => (await answer(s.bot.repos.getBranch({ ...repo, branch }))).status === 200;

  it.each<[what: string, fault: Parameters<Scene["hub"]["fault"]>[0], done: boolean, says: RegExp]>([
    ["unavailable", { status: 503 }, false, /HTTP 503/],
    ["cut before", { reset: true }, false, /hung up|Empty reply/],
    ["done, but the answer was lost", { after: true }, true, /hung up|Empty reply/],
  ])("%s", async (_what, fault, done, says) => {
    const work = await workspace();
    s.hub.fault({ method: "POST", path: /\/git-receive-pack$/, ...fault });

    await expect(work.git("push", s.hub.gitUrl(), "HEAD:refs/heads/x")).rejects.toThrow(says);
    expect(await exists("x")).toBe(done);
    await work.git("push", "--quiet", s.hub.gitUrl(), "HEAD:refs/heads/x");
    expect(await exists("x")).toBe(true);
  });

  it("keeps a fetch from its objects", async () => {
    const work = await workspace();
    s.hub.fault({ path: /\/git-upload-pack$|service=git-upload-pack/, status: 500 });

    await expect(work.git("fetch", s.hub.gitUrl(), "main")).rejects.toThrow(/500|RPC failed/);
  });
});
