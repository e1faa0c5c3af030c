import { createHash } from "node:crypto";
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { allows, type Actor } from "./actors.ts";
import type { GitReply } from "./git-http.ts";
import type { World } from "./world.ts";

export interface LfsCall {
  readonly world: World;
  readonly method: string;
  /** `null`: no token. `undefined`: one that nobody holds. */
  readonly actor: Actor | null | undefined;
  /** Below the repository, such as `/info/lfs/objects/batch`. */
  readonly tail: string;
  readonly bytes: Uint8Array;
}

interface Wanted {
  readonly oid: string;
  readonly size: number;
}

/** Paths below the repository that Git LFS asks for. */
export const lfsTail = "/info/lfs/(?:objects/batch|locks/verify)|/lfs/objects/[0-9a-f]{64}";

/** Where an object of Git LFS lies, below the bare repository. */
export const lfsObject = ({ git }: Pick<World, "git">, oid: string) => join(git.path, "lfs-objects", oid);

/** Git LFS's batch API with the basic transfer, and the store behind it. */
export async function serveLfs(call: LfsCall): Promise<GitReply> {
  const { world, method, actor, tail, bytes } = call;
  const uploads = method === "PUT" || (tail.endsWith("/batch") && operationOf(bytes) === "upload");
  if (actor === undefined || (actor === null && (uploads || world.settings.private))) {
    return said(401, "Bad credentials", { "lfs-authenticate": 'Basic realm="GitHub"' });
  }
  if (actor !== null && !mayLfs(world, actor, uploads)) {
    return uploads ? said(403, "You must have push access to this repository.") : said(404, "Not Found");
  }
  if (tail.endsWith("/locks/verify")) return json(200, { ours: [], theirs: [] });
  if (tail.endsWith("/batch")) return json(200, await batch(call));
  return method === "PUT" ? store(call) : send(call);
}

function operationOf(bytes: Uint8Array): string {
  return (JSON.parse(Buffer.from(bytes).toString()) as { operation: string }).operation;
}

function mayLfs({ settings }: World, actor: Actor, uploads: boolean): boolean {
  return allows(actor, [["contents", uploads ? "write" : "read"]]) || (!uploads && !settings.private);
}

async function batch({ world, bytes }: LfsCall) {
  const { operation, objects } = JSON.parse(Buffer.from(bytes).toString()) as {
    operation: "upload" | "download";
    objects: Wanted[];
  };
  const answers = objects.map(async ({ oid, size }) => {
    const present = (await stat(lfsObject(world, oid)).catch(() => null)) !== null;
    const href = `${world.url}/${world.owner}/${world.name}.git/lfs/objects/${oid}`;
    if (operation === "upload") return { oid, size, ...(present ? {} : { actions: { upload: { href } } }) };
    if (present) return { oid, size, actions: { download: { href } } };
    return { oid, size, error: { code: 404, message: "Object does not exist on the server" } };
  });
  return { transfer: "basic", objects: await Promise.all(answers), hash_algo: "sha256" };
}

async function store({ world, tail, bytes }: LfsCall): Promise<GitReply> {
  const oid = tail.slice(tail.lastIndexOf("/") + 1);
  if (createHash("sha256").update(bytes).digest("hex") !== oid) return said(422, "The object is not what its id says.");
  const file = lfsObject(world, oid);
  await mkdir(join(file, ".."), { recursive: true });
  await writeFile(file, bytes);
  return json(200, {});
}

async function send({ world, tail }: LfsCall): Promise<GitReply> {
  const bytes = await readFile(lfsObject(world, tail.slice(tail.lastIndexOf("/") + 1))).catch(() => null);
  if (bytes === null) return said(404, "Object does not exist on the server");
  return { status: 200, headers: { "content-type": "application/octet-stream" }, body: bytes };
}

function json(status: number, body: object, headers: Readonly<Record<string, string>> = {}): GitReply {
  const type = { "content-type": "application/vnd.git-lfs+json" };
  return { status, headers: { ...type, ...headers }, body: Buffer.from(JSON.stringify(body)) };
}

const said = (status: number, message: string, headers?: Readonly<Record<string, string>>) =>
  json(status, { message }, headers);
