import type { Need } from "./actors.ts";
import { readCommits, resolveCommit } from "./history.ts";
import { signatureOf } from "./pulls.ts";
import { invalid, notFound, ok, Refusal, type Reply } from "./reply.ts";
import { signature } from "./routes-database.ts";
import { moveRef } from "./routes-refs.ts";
import { repositoryRoute, text, writer, type Call, type Route } from "./router.ts";
import { editTree, writeBlob, writeCommit } from "./tree-edit.ts";
import { gitCommitView } from "./commit-views.ts";
import { repositoryApi, repositoryPage, type World } from "./world.ts";

const read: Need = [["contents", "read"]];
const write: Need = [["contents", "write"]];
/** Above this, only the raw media type holds the contents, bytes. */
const inlineLimit = 1024 * 1024;

export const contentsRoutes: readonly Route[] = [
  repositoryRoute("GET", "/contents", read, readContents),
  repositoryRoute("GET", "/contents/*path", read, readContents),
  repositoryRoute("PUT", "/contents/*path", write, (call) => changeFile(call, text(call, "content") ?? "")),
  repositoryRoute("DELETE", "/contents/*path", write, (call) => changeFile(call, null)),
];

interface Entry {
  readonly mode: string;
  readonly type: string;
  readonly sha: string;
  readonly size: number;
  readonly path: string;
}

async function readContents(call: Call): Promise<Reply> {
  const { world, params, query } = call;
  const ref = query.get("ref") ?? "main";
  const commit = await resolveCommit(world.git, ref);
  if (commit === null) throw new Refusal(404, `No commit found for the ref ${ref}`);
  const path = (params["path"] ?? "").replace(/\/$/, "");
  const entry = path === "" ? null : ((await entries(world, commit, path))[0] ?? null);
  if (path !== "" && entry === null) throw notFound();
  if (entry === null || entry.type === "tree") {
    const inside = await entries(world, commit, path === "" ? "" : `${path}/`);
    return ok(inside.map((one) => entryView(world, one, ref)));
  }
  const { stdout } = await world.git.run(["cat-file", "blob", entry.sha]);
  if (/\braw\b/.test(String(call.headers["accept"] ?? ""))) {
    return { status: 200, body: stdout, headers: { "content-type": "application/vnd.github.raw; charset=utf-8" } };
  }
  const inline = stdout.length <= inlineLimit;
  const content = { content: inline ? stdout.toString("base64") : "", encoding: inline ? "base64" : "none" };
  return ok({ ...entryView(world, entry, ref), ...content });
}

async function entries(world: World, commit: string, path: string): Promise<Entry[]> {
  const out = await world.git.text(["ls-tree", "-z", "-l", commit, ...(path === "" ? [] : ["--", path])]);
  return out
    .split("\0")
    .filter((line) => line !== "")
    .map((line) => {
      const [mode, type, sha, size] = line.slice(0, line.indexOf("\t")).split(/ +/) as [string, string, string, string];
      return { mode, type, sha, size: Number(size) || 0, path: line.slice(line.indexOf("\t") + 1) };
    });
}

function entryView(world: World, { type, sha, size, path }: Entry, ref: string) {
  return {
    type: type === "tree" ? "dir" : "file",
    name: path.split("/").at(-1),
    path,
    sha,
    size,
    url: `${repositoryApi(world)}/contents/${path}?ref=${ref}`,
    html_url: `${repositoryPage(world)}/blob/${ref}/${path}`,
    download_url: type === "tree" ? null : `${repositoryPage(world)}/raw/${ref}/${path}`,
  };
}

/** Writes, or with `null` removes, one file by a commit of its own. @throws Refusal 409 for a stale `sha` or a protected branch */
async function changeFile(call: Call, content: string | null): Promise<Reply> {
  const { world } = call;
  const path = call.params["path"]!;
  const branch = text(call, "branch") ?? "main";
  const before = await resolveCommit(world.git, `refs/heads/${branch}`);
  if (before === null) throw new Refusal(404, `Branch ${branch} not found`);
  const [old] = await entries(world, before, path);
  const sha = text(call, "sha");
  if (old === undefined && content === null) throw notFound();
  if (old !== undefined && sha === undefined) throw new Refusal(422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
  if (sha !== undefined && sha !== old?.sha) throw new Refusal(409, `${path} does not match ${sha}`);
  const message = text(call, "message");
  if (message === undefined) throw invalid({ resource: "Content", code: "missing_field", field: "message" });

  const id = content === null ? null : await writeBlob(world.git, Buffer.from(content, "base64"));
  const author = signature(call, "author") ?? signatureOf(world, writer(call));
  const after = await writeCommit(world.git, {
    tree: await editTree(world.git, before, [{ path, mode: old?.mode ?? "100644", id }]),
    parents: [before],
    message,
    author,
    committer: signature(call, "committer") ?? author,
  });
  await moveRef(call, { ref: `refs/heads/${branch}`, before, after }).catch((error: unknown) => {
    throw error instanceof Refusal ? new Refusal(409, error.message) : error;
  });
  const [commit] = await readCommits(world.git, "-1", after);
  const [made] = await entries(world, after, path);
  const body = {
    content: made === undefined ? null : entryView(world, made, branch),
    commit: gitCommitView(world, commit!),
  };
  return { status: old === undefined ? 201 : 200, body };
}
