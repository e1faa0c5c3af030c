import type { IncomingMessage, ServerResponse } from "node:http";
import { demand, type Actor } from "./actors.ts";
import type { Fault, faultQueue } from "./faults.ts";
import { serveGit } from "./git-http.ts";
import { lfsTail, serveLfs } from "./lfs.ts";
import { autoMerge } from "./merge-pulls.ts";
import { noticeRefs } from "./refs.ts";
import { notFound, Refusal, type Reply } from "./reply.ts";
import { match, strayParameter, type Route } from "./router.ts";
import { forkOwner } from "./tokens.ts";
import type { World } from "./world.ts";

export interface SeenRequest {
  readonly method: string;
  /** Path with query, without `/api/v3`. */
  readonly path: string;
  /** 0: the connection was cut, or never answered. */
  readonly status: number;
  /** Login; `null`: no valid token. */
  readonly actor: string | null;
}

export interface Desk {
  readonly world: World;
  readonly routes: readonly Route[];
  readonly faults: ReturnType<typeof faultQueue>;
  readonly requests: SeenRequest[];
  readonly unknownRoutes: string[];
  exclusive<T>(task: () => Promise<T>): Promise<T>;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

/** Answers one request, unless a fault says otherwise, and records it. */
export async function serve(desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", desk.world.url);
  const path = restPath(url) + url.search;
  const method = request.method ?? "GET";
  const actor = holder(desk.world, request);
  const record = (status: number) => desk.requests.push({ method, path, status, actor: actor?.login ?? null });

  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const fault = desk.faults.take(method, path);
  if (fault !== null && fault.after !== true) {
    record(fault.hang === true || fault.reset === true ? 0 : (fault.status ?? 500));
    return failWith(fault, response);
  }
  const answer = await answerTo(desk, { request, url, actor, bytes: Buffer.concat(chunks) });
  if (fault !== null) {
    record(fault.status ?? 0);
    return failWith({ reset: fault.status === undefined, ...fault }, response);
  }
  record(answer.status);
  response.writeHead(answer.status, { ...answer.headers, "content-length": Buffer.byteLength(answer.body) });
  response.end(answer.body);
}

function failWith(fault: Fault, response: ServerResponse): void {
  if (fault.hang === true) return;
  if (fault.reset === true) {
    response.destroy();
    return;
  }
  const body = typeof fault.body === "string" ? fault.body : JSON.stringify(fault.body ?? { message: "Server Error" });
  response.writeHead(fault.status ?? 500, { "content-type": "application/json", ...fault.headers });
  response.end(body);
}

/** REST lies at `/api/v3` as on GitHub Enterprise Server, uploads at `/api/uploads`, GraphQL at `/api/graphql`. */
function restPath(url: URL): string {
  return url.pathname.replace(/^\/api\/(v3(?=\/|$)|uploads(?=\/)|(?=graphql$))/, "").replace(/^(?!\/)/, "/");
}

/** `undefined`: a token that nobody holds. `null`: none. */
function holder(world: World, request: IncomingMessage): Actor | null | undefined {
  const [scheme, value] = (request.headers.authorization ?? "").split(" ");
  if (value === undefined) return null;
  const basic = scheme!.toLowerCase() === "basic";
  const pair = basic ? Buffer.from(value, "base64").toString("utf8") : value;
  return world.actors.get(basic ? pair.slice(pair.indexOf(":") + 1) : pair);
}

interface Incoming {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly actor: Actor | null | undefined;
  readonly bytes: Buffer;
}

const gitPath = new RegExp(
  `^/([^/]+)/([^/]+?)(?:\\.git)?(/(?:info/refs|git-upload-pack|git-receive-pack)|${lfsTail})$`,
);

async function answerTo(desk: Desk, incoming: Incoming): Promise<Answer> {
  const { world, exclusive } = desk;
  const git = gitPath.exec(incoming.url.pathname);
  if (git !== null) {
    const [, owner, name, tail] = git as unknown as [string, string, string, string];
    if (name !== world.name || ![world.owner, forkOwner].includes(owner)) {
      return { status: 404, headers: {}, body: "Repository not found.\n" };
    }
    const lfs = /\/lfs\//.test(tail);
    const method = incoming.request.method ?? "GET";
    const answer = lfs
      ? await serveLfs({ world, ...incoming, method, tail })
      : await serveGit({ world, ...incoming, owner, tail, exclusive });
    // On a kept connection curl sends a request again when it is cut, and a scripted fault would go unseen.
    return { ...answer, headers: { ...answer.headers, connection: "close" } };
  }
  const reply = await exclusive(() => rest(desk, incoming)).catch((error: unknown) => {
    if (error instanceof Refusal) return error.reply;
    // A bug of the hub must not look like an answer of GitHub.
    return {
      status: 500,
      body: { message: `The hub failed: ${error instanceof Error ? error.stack : String(error)}` },
    };
  });
  return inJson(reply, versionOf(incoming.request));
}

const apiVersions = ["2022-11-28", "2026-03-10"];

function versionOf(request: IncomingMessage): string {
  return String(request.headers["x-github-api-version"] ?? apiVersions[0]);
}

/** The version of March 2026 took `merge_commit_sha` from pull requests. */
function withoutMergeSha(key: string, value: unknown): unknown {
  return key === "merge_commit_sha" ? undefined : value;
}

function inJson({ status, headers, body }: Reply, version: string): Answer {
  const common = {
    "x-github-request-id": "HUB",
    "x-github-media-type": "github.v3; format=json",
    "x-ratelimit-limit": "5000",
    "x-ratelimit-remaining": "4999",
    "x-ratelimit-used": "1",
    "x-ratelimit-reset": "2000000000",
    "x-ratelimit-resource": "core",
    ...headers,
  };
  if (body === undefined) return { status, headers: common, body: "" };
  if (body instanceof Uint8Array) return { status, headers: common, body };
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...common },
    body: JSON.stringify(body, version === "2026-03-10" ? withoutMergeSha : undefined),
  };
}

async function rest(desk: Desk, { request, url, actor, bytes }: Incoming): Promise<Reply> {
  const { world } = desk;
  const method = request.method ?? "GET";
  const path = restPath(url);
  if (actor === undefined) throw new Refusal(401, "Bad credentials");
  if (!apiVersions.includes(versionOf(request))) {
    throw new Refusal(400, `The "X-GitHub-Api-Version" header value "${versionOf(request)}" is not supported.`);
  }
  const found = match(desk.routes, method, path);
  const stray = strayParameter(url.searchParams);
  if (found === null || stray !== undefined) {
    const what = `${method} ${path}${stray === undefined ? "" : `?${stray}`}`;
    desk.unknownRoutes.push(what);
    throw new Refusal(404, `The hub does not know ${what}`);
  }
  const { route, params } = found;
  const { owner = world.owner, repo = world.name } = params;
  if (owner !== world.owner || repo !== world.name) throw notFound();
  demand(actor, route.need, world.settings.private);
  await noticeRefs(world, world.person);
  const body = jsonBody(request, bytes);
  const reply = await route.run({
    world,
    actor,
    params,
    query: url.searchParams,
    body,
    bytes,
    headers: request.headers,
    url,
  });
  if (method !== "GET") await autoMerge(world);
  return reply;
}

function jsonBody(request: IncomingMessage, bytes: Buffer): Record<string, unknown> {
  const isJson = /json|^$/.test(request.headers["content-type"] ?? "");
  // An uploaded model may be JSON too.
  const isUpload = request.url?.startsWith("/api/uploads/") === true;
  if (bytes.length === 0 || !isJson || isUpload) return {};
  try {
    return JSON.parse(bytes.toString("utf8")) as Record<string, unknown>;
  } catch {
    throw new Refusal(400, "Problems parsing JSON");
  }
}
