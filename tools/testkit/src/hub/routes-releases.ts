import type { Need } from "./actors.ts";
import { emit } from "./events.ts";
import { resolveCommit } from "./history.ts";
import { page } from "./page.ts";
import { noticeRefs } from "./refs.ts";
import { created, invalid, noContent, notFound, ok, type Reply } from "./reply.ts";
import { repositoryRoute, text, writer, type Call, type Route } from "./router.ts";
import type { AssetRow, ReleaseRow } from "./rows.ts";
import { userView } from "./views.ts";
import { repositoryApi, repositoryPage, timestamp, type World } from "./world.ts";

const read: Need = [["contents", "read"]];
const write: Need = [["contents", "write"]];

export const releaseRoutes: readonly Route[] = [
  repositoryRoute("GET", "/releases", read, (call) => {
    const { releases } = call.world.rows;
    // Drafts are for those who may write.
    const shown = releases.filter((row) => !row.draft || call.actor?.permissions.contents === "write");
    return page(
      call,
      shown.reverse().map((row) => releaseView(call.world, row)),
    );
  }),
  repositoryRoute("POST", "/releases", write, createRelease),
  repositoryRoute("GET", "/releases/latest", read, ({ world }) => {
    const row = world.rows.releases.filter((one) => !one.draft && !one.prerelease).at(-1);
    if (row === undefined) throw notFound();
    return ok(releaseView(world, row));
  }),
  repositoryRoute("GET", "/releases/tags/*tag", read, ({ world, params }) => {
    const row = world.rows.releases.find((one) => one.tag === params["tag"] && !one.draft);
    if (row === undefined) throw notFound();
    return ok(releaseView(world, row));
  }),
  repositoryRoute("GET", "/releases/assets/:id", read, readAsset),
  repositoryRoute("DELETE", "/releases/assets/:id", write, (call) => {
    const { release, asset } = assetOf(call);
    release.assets.splice(release.assets.indexOf(asset), 1);
    return noContent;
  }),
  repositoryRoute("GET", "/releases/:id", read, (call) => ok(releaseView(call.world, releaseOf(call)))),
  repositoryRoute("PATCH", "/releases/:id", write, updateRelease),
  repositoryRoute("DELETE", "/releases/:id", write, (call) => {
    call.world.rows.releases.splice(call.world.rows.releases.indexOf(releaseOf(call)), 1);
    return noContent;
  }),
  repositoryRoute("GET", "/releases/:id/assets", read, (call) => {
    const row = releaseOf(call);
    return page(
      call,
      row.assets.map((asset) => assetView(call.world, asset)),
    );
  }),
  repositoryRoute("POST", "/releases/:id/assets", write, uploadAsset),
];

function releaseOf({ world, params }: Call): ReleaseRow {
  const row = world.rows.releases.find((release) => release.id === Number(params["id"]));
  if (row === undefined) throw notFound();
  return row;
}

async function createRelease(call: Call): Promise<Reply> {
  const { world } = call;
  const tag = text(call, "tag_name");
  if (tag === undefined || tag === "") throw invalid({ resource: "Release", code: "missing_field", field: "tag_name" });
  const draft = call.body["draft"] === true;
  if (!draft) demandFreeTag(world, tag, null);
  const row: ReleaseRow = {
    id: world.nextId(),
    author: writer(call),
    createdAt: timestamp(world),
    tag,
    target: text(call, "target_commitish") ?? "main",
    name: text(call, "name") ?? null,
    body: text(call, "body") ?? null,
    draft,
    prerelease: call.body["prerelease"] === true,
    publishedAt: null,
    assets: [],
  };
  if (!draft) await publish(call, row);
  world.rows.releases.push(row);
  return created(releaseView(world, row));
}

async function updateRelease(call: Call): Promise<Reply> {
  const row = releaseOf(call);
  const tag = text(call, "tag_name") ?? row.tag;
  const draft = typeof call.body["draft"] === "boolean" ? call.body["draft"] : row.draft;
  if (!draft) demandFreeTag(call.world, tag, row);
  row.tag = tag;
  row.target = text(call, "target_commitish") ?? row.target;
  row.name = text(call, "name") ?? row.name;
  row.body = text(call, "body") ?? row.body;
  if (typeof call.body["prerelease"] === "boolean") row.prerelease = call.body["prerelease"];
  if (row.draft && !draft) await publish(call, row);
  row.draft = draft;
  return ok(releaseView(call.world, row));
}

function demandFreeTag(world: World, tag: string, own: ReleaseRow | null): void {
  const taken = world.rows.releases.some((row) => row !== own && row.tag === tag && !row.draft);
  if (taken) throw invalid({ resource: "Release", code: "already_exists", field: "tag_name" });
}

/** A release without its tag makes it, on the target. */
async function publish(call: Call, row: ReleaseRow): Promise<void> {
  const { world } = call;
  const ref = `refs/tags/${row.tag}`;
  if ((await resolveCommit(world.git, ref)) === null) {
    const target = await resolveCommit(world.git, row.target);
    if (target === null) throw invalid({ resource: "Release", code: "invalid", field: "target_commitish" });
    await world.git.text(["update-ref", ref, target]);
    await noticeRefs(world, writer(call));
  }
  row.publishedAt = timestamp(world);
  emit(world, writer(call), "release", { action: "published", release: { ...releaseView(world, row), draft: false } });
}

function uploadAsset(call: Call): Reply {
  const { world } = call;
  const row = releaseOf(call);
  const name = call.query.get("name");
  if (name === null || name === "") throw invalid({ resource: "ReleaseAsset", code: "missing_field", field: "name" });
  if (row.assets.some((asset) => asset.name === name)) {
    throw invalid({ resource: "ReleaseAsset", code: "already_exists", field: "name" });
  }
  const asset: AssetRow = {
    id: world.nextId(),
    name,
    label: call.query.get("label"),
    contentType: String(call.headers["content-type"] ?? "application/octet-stream"),
    bytes: call.bytes,
    createdAt: timestamp(world),
  };
  row.assets.push(asset);
  return created(assetView(world, asset));
}

function assetOf({ world, params }: Call) {
  for (const release of world.rows.releases) {
    const asset = release.assets.find((one) => one.id === Number(params["id"]));
    if (asset !== undefined) return { release, asset };
  }
  throw notFound();
}

function readAsset(call: Call): Reply {
  const { asset } = assetOf(call);
  if (call.headers["accept"] !== "application/octet-stream") return ok(assetView(call.world, asset));
  return { status: 200, body: asset.bytes, headers: { "content-type": "application/octet-stream" } };
}

function releaseView(world: World, row: ReleaseRow) {
  return {
    id: row.id,
    node_id: `RE_${row.id}`,
    tag_name: row.tag,
    target_commitish: row.target,
    name: row.name,
    body: row.body,
    draft: row.draft,
    prerelease: row.prerelease,
    immutable: false,
    author: userView(world, row.author),
    created_at: row.createdAt,
    published_at: row.publishedAt,
    assets: row.assets.map((asset) => assetView(world, asset)),
    url: `${repositoryApi(world)}/releases/${row.id}`,
    html_url: `${repositoryPage(world)}/releases/tag/${row.tag}`,
    assets_url: `${repositoryApi(world)}/releases/${row.id}/assets`,
    upload_url: `${repositoryApi(world).replace("/api/v3/", "/api/uploads/")}/releases/${row.id}/assets{?name,label}`,
  };
}

function assetView(world: World, asset: AssetRow) {
  return {
    id: asset.id,
    node_id: `RA_${asset.id}`,
    name: asset.name,
    label: asset.label,
    content_type: asset.contentType,
    size: asset.bytes.length,
    state: "uploaded",
    created_at: asset.createdAt,
    url: `${repositoryApi(world)}/releases/assets/${asset.id}`,
  };
}
