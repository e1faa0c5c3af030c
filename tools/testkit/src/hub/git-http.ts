import { spawn } from "node:child_process";
import type { IncomingMessage } from "node:http";
import { dirname, basename } from "node:path";
import { gunzipSync } from "node:zlib";
import { allows, type Actor } from "./actors.ts";
import { autoMerge } from "./merge-pulls.ts";
import { branchRef, noticeRefs } from "./refs.ts";
import { forbidsForce, refusalText, updateBlock, type Update } from "./protection.ts";
import { protectionOf } from "./settings.ts";
import type { World } from "./world.ts";

export interface GitReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface GitCall {
  readonly world: World;
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly bytes: Uint8Array;
  /** `null`: no token. `undefined`: one that nobody holds. */
  readonly actor: Actor | null | undefined;
  /** Whose repository: the owner's, or a fork. */
  readonly owner: string;
  /** Path below the repository, such as `/info/refs`. */
  readonly tail: string;
  /** Lets one thing at a time change the rows. */
  exclusive<T>(task: () => Promise<T>): Promise<T>;
}

/** One request of `git clone`, `git fetch` or `git push`, answered by `git http-backend`. */
export async function serveGit(call: GitCall): Promise<GitReply> {
  const { world, actor, owner } = call;
  const pushes = call.tail === "/git-receive-pack" || call.url.searchParams.get("service") === "git-receive-pack";
  if (actor === undefined || (actor === null && (pushes || world.settings.private))) return askForToken();
  if (actor !== null && !mayGit(call, actor, pushes)) return denied(call, actor, pushes);

  const bytes = call.request.headers["content-encoding"] === "gzip" ? gunzipSync(call.bytes) : call.bytes;
  if (call.tail !== "/git-receive-pack" || actor === null) return runBackend(call, bytes, {});

  const updates = pushedRefs(bytes).map((one) => ({ ...one, ref: namespaced(world, owner, one.ref) }));
  for (const { ref, after } of updates) world.pushers.set(`${ref} ${after ?? "0".repeat(40)}`, actor);
  const reply = await runBackend(call, bytes, hookRules(world, actor, updates));
  await call.exclusive(async () => {
    await noticeRefs(world, actor);
    await autoMerge(world);
  });
  for (const { ref, after } of updates) world.pushers.delete(`${ref} ${after ?? "0".repeat(40)}`);
  return reply;
}

function namespaced(world: World, owner: string, ref: string): string {
  return ref.startsWith("refs/heads/") ? branchRef(world, owner, ref.slice("refs/heads/".length)) : ref;
}

function mayGit(call: GitCall, actor: Actor, pushes: boolean): boolean {
  if (call.owner !== call.world.owner) return actor.login === call.owner || !pushes;
  return allows(actor, [["contents", pushes ? "write" : "read"]]) || (!pushes && !call.world.settings.private);
}

function askForToken(): GitReply {
  return plain(401, "Invalid username or token. Password authentication is not supported for Git operations.\n", {
    "www-authenticate": 'Basic realm="GitHub"',
  });
}

function denied({ world, owner }: GitCall, actor: Actor, pushes: boolean): GitReply {
  if (!pushes) return plain(404, "Repository not found.\n");
  return plain(403, `Permission to ${owner}/${world.name}.git denied to ${actor.login}.\n`);
}

function plain(status: number, text: string, headers: Readonly<Record<string, string>> = {}): GitReply {
  return { status, headers: { "content-type": "text/plain", ...headers }, body: Buffer.from(text) };
}

/** The commands at the head of a push, in pkt-lines, before its pack. */
function pushedRefs(bytes: Uint8Array): Update[] {
  const updates: Update[] = [];
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 4 <= data.length;) {
    const length = Number.parseInt(data.toString("latin1", at, at + 4), 16);
    if (!(length > 4)) break;
    const line = data
      .toString("utf8", at + 4, at + length)
      .split("\0")[0]!
      .trimEnd();
    const [before, after, ref] = line.split(" ");
    if (ref !== undefined) updates.push({ ref, before: objectOrNull(before!), after: objectOrNull(after!) });
    at += length;
  }
  return updates;
}

function objectOrNull(id: string): string | null {
  return /^0+$/.test(id) ? null : id;
}

function hookRules(world: World, actor: Actor, updates: readonly Update[]): Record<string, string> {
  const refused = updates.flatMap((update) => {
    const reason = updateBlock(world, actor, update);
    if (reason === null) return [];
    const rules = protectionOf(world.settings, update.ref);
    return `${update.ref}\t${refusalText(rules, update.ref, reason).replaceAll("\n", "\\n")}`;
  });
  return {
    HUB_REFUSED: refused.join("\n"),
    HUB_NO_FORCE: updates
      .map(({ ref }) => ref)
      .filter((ref) => forbidsForce(world, actor, ref))
      .join("\n"),
    HUB_MAX_BYTES: String(world.settings.maxFileBytes),
    HUB_NO_WORKFLOWS: actor.kind !== "pat" && !allows(actor, [["workflows", "write"]]) ? "1" : "",
  };
}

function runBackend(call: GitCall, bytes: Uint8Array, rules: Readonly<Record<string, string>>): Promise<GitReply> {
  const { world, request, url, owner } = call;
  const protocol = request.headers["git-protocol"];
  const env = {
    ...world.git.env,
    ...rules,
    GIT_PROJECT_ROOT: dirname(world.git.path),
    GIT_HTTP_EXPORT_ALL: "1",
    ...(typeof protocol === "string" ? { GIT_PROTOCOL: protocol } : {}),
    ...(owner === world.owner ? {} : { GIT_NAMESPACE: owner }),
    PATH_INFO: `/${basename(world.git.path)}${call.tail}`,
    QUERY_STRING: url.search.slice(1),
    REQUEST_METHOD: request.method ?? "GET",
    CONTENT_TYPE: request.headers["content-type"] ?? "",
    CONTENT_LENGTH: String(bytes.length),
    REMOTE_USER: call.actor?.login ?? "",
    REMOTE_ADDR: "127.0.0.1",
  };
  return new Promise((resolve, reject) => {
    const child = spawn("git", ["http-backend"], { env, stdio: ["pipe", "pipe", "ignore"] });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", () => resolve(cgiReply(Buffer.concat(chunks))));
    child.stdin.on("error", () => undefined);
    child.stdin.end(bytes);
  });
}

function cgiReply(output: Buffer): GitReply {
  const end = output.indexOf("\r\n\r\n");
  const headers: Record<string, string> = {};
  for (const line of output.toString("latin1", 0, Math.max(0, end)).split("\r\n")) {
    const colon = line.indexOf(":");
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  const { status, ...rest } = headers;
  return {
    status: end < 0 ? 500 : Number.parseInt(status ?? "200", 10),
    headers: rest,
    body: output.subarray(end + 4),
  };
}
