import type { Need } from "./actors.ts";
import { readCommits, resolveCommit, type Signature } from "./history.ts";
import { signatureOf } from "./pulls.ts";
import { created, invalid, notFound, ok, Refusal, type Reply } from "./reply.ts";
import { repositoryRoute, text, writer, type Call, type Route } from "./router.ts";
import { editTree, writeBlob, writeCommit, type TreeChange } from "./tree-edit.ts";
import { gitCommitView } from "./commit-views.ts";
import { repositoryApi, timestamp, type World } from "./world.ts";

const read: Need = [["contents", "read"]];
const write: Need = [["contents", "write"]];

/** Blobs, trees, commits and tags, with the ids that git gives them. */
export const databaseRoutes: readonly Route[] = [
  repositoryRoute("POST", "/git/blobs", write, async (call) => {
    const encoding = text(call, "encoding") === "base64" ? "base64" : "utf8";
    const sha = await writeBlob(call.world.git, Buffer.from(text(call, "content") ?? "", encoding));
    return created({ sha, url: `${repositoryApi(call.world)}/git/blobs/${sha}` });
  }),
  repositoryRoute("GET", "/git/blobs/:sha", read, async ({ world, params }) => {
    const { code, stdout } = await world.git.run(["cat-file", "blob", params["sha"]!]);
    if (code !== 0) throw notFound();
    return ok({ sha: params["sha"], size: stdout.length, encoding: "base64", content: stdout.toString("base64") });
  }),
  repositoryRoute("POST", "/git/trees", write, createTree),
  repositoryRoute("GET", "/git/trees/:sha", read, async (call) => {
    const tree = await call.world.git.find(["rev-parse", "--verify", "--quiet", `${call.params["sha"]}^{tree}`]);
    if (tree === null) throw notFound();
    return ok(await treeView(call.world, tree, call.query.has("recursive")));
  }),
  repositoryRoute("POST", "/git/commits", write, createCommit),
  repositoryRoute("GET", "/git/commits/:sha", read, async ({ world, params }) => {
    const sha = await resolveCommit(world.git, params["sha"]!);
    if (sha === null) throw notFound();
    const [commit] = await readCommits(world.git, "-1", sha);
    return ok(gitCommitView(world, commit!));
  }),
  repositoryRoute("POST", "/git/tags", write, createTag),
  repositoryRoute("GET", "/git/tags/:sha", read, async ({ world, params }) => {
    const type = await world.git.find(["cat-file", "-t", params["sha"]!]);
    if (type !== "tag") throw notFound();
    return ok(await tagView(world, params["sha"]!));
  }),
];

interface TreeItem {
  readonly path: string;
  readonly mode: string;
  readonly sha?: string | null;
  readonly content?: string;
}

async function createTree(call: Call): Promise<Reply> {
  const { git } = call.world;
  const items = call.body["tree"] as readonly TreeItem[] | undefined;
  if (!Array.isArray(items)) throw new Refusal(422, 'Invalid request.\n\n"tree" wasn\'t supplied.');
  const changes: TreeChange[] = [];
  for (const { path, mode, sha, content } of items as readonly TreeItem[]) {
    const id = content === undefined ? (sha ?? null) : await writeBlob(git, Buffer.from(content));
    if (id !== null && (await git.run(["cat-file", "-e", id])).code !== 0) {
      throw new Refusal(422, `tree.sha ${id} is not a valid ${mode === "040000" ? "tree" : "blob"}`);
    }
    changes.push({ path, mode, id });
  }
  const base = text(call, "base_tree");
  const baseTree = base === undefined ? null : await git.find(["rev-parse", "--verify", "--quiet", `${base}^{tree}`]);
  if (base !== undefined && baseTree === null) throw notFound();
  return created(await treeView(call.world, await editTree(git, baseTree, changes), false));
}

async function treeView(world: World, sha: string, recursive: boolean) {
  const out = await world.git.text(["ls-tree", "-z", "-l", ...(recursive ? ["-r", "-t"] : []), sha]);
  const tree = out
    .split("\0")
    .filter((line) => line !== "")
    .map((line) => {
      const [mode, type, id, size] = line.slice(0, line.indexOf("\t")).split(/ +/) as [string, string, string, string];
      const url = `${repositoryApi(world)}/git/${type}s/${id}`;
      const sized = size === "-" ? {} : { size: Number(size) };
      return { path: line.slice(line.indexOf("\t") + 1), mode, type, sha: id, ...sized, url };
    });
  return { sha, url: `${repositoryApi(world)}/git/trees/${sha}`, tree, truncated: false };
}

async function createCommit(call: Call): Promise<Reply> {
  const { world } = call;
  const tree = await world.git.find(["rev-parse", "--verify", "--quiet", `${text(call, "tree")}^{tree}`]);
  if (tree === null) throw new Refusal(422, "Tree SHA does not exist");
  const parents = (call.body["parents"] as readonly string[] | undefined) ?? [];
  for (const parent of parents) {
    if ((await resolveCommit(world.git, parent)) === null) throw new Refusal(422, "Parent SHA does not exist");
  }
  const message = text(call, "message");
  if (message === undefined) throw invalid({ resource: "Commit", code: "missing_field", field: "message" });
  const author = signature(call, "author") ?? signatureOf(world, writer(call));
  const committer = signature(call, "committer") ?? author;
  const sha = await writeCommit(world.git, { tree, parents, message, author, committer });
  const [commit] = await readCommits(world.git, "-1", sha);
  return created(gitCommitView(world, commit!));
}

/** A name, an e-mail address and a date from the body; `undefined` where the caller left it to GitHub. */
export function signature({ body, world }: Call, field: string): Signature | undefined {
  const given = body[field] as Partial<Signature> | undefined;
  if (given?.name === undefined || given.email === undefined) return undefined;
  return { name: given.name, email: given.email, date: given.date ?? timestamp(world) };
}

async function createTag(call: Call): Promise<Reply> {
  const { world } = call;
  const [name, object, type] = [text(call, "tag"), text(call, "object"), text(call, "type") ?? "commit"];
  if (name === undefined) throw invalid({ resource: "Tag", code: "missing_field", field: "tag" });
  if (object === undefined || (await world.git.find(["cat-file", "-t", object])) !== type) {
    throw new Refusal(422, "Object does not exist");
  }
  const { name: tagger, email, date } = signature(call, "tagger") ?? signatureOf(world, writer(call));
  const seconds = Math.floor(Date.parse(date) / 1000);
  const input = `object ${object}\ntype ${type}\ntag ${name}\ntagger ${tagger} <${email}> ${seconds} +0000\n\n${text(call, "message") ?? ""}\n`;
  return created(await tagView(world, await world.git.text(["mktag", "--no-strict"], { input })));
}

async function tagView(world: World, sha: string) {
  const raw = await world.git.text(["cat-file", "tag", sha]);
  const end = raw.indexOf("\n\n");
  const head = Object.fromEntries(
    raw
      .slice(0, end)
      .split("\n")
      .map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)]),
  );
  const [, name, email, seconds] = /^(.*) <(.*)> (\d+)/.exec(head["tagger"] ?? "") ?? [];
  return {
    sha,
    node_id: `TA_${sha}`,
    tag: head["tag"],
    message: raw.slice(end + 2),
    tagger: { name, email, date: new Date(Number(seconds) * 1000).toISOString().replace(".000Z", "Z") },
    object: {
      sha: head["object"],
      type: head["type"],
      url: `${repositoryApi(world)}/git/${head["type"]}s/${head["object"]}`,
    },
    url: `${repositoryApi(world)}/git/tags/${sha}`,
  };
}
