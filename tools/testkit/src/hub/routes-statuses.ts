import { emit } from "./events.ts";
import { page } from "./page.ts";
import { created, invalid, ok, type Reply } from "./reply.ts";
import { commitOf } from "./routes-checks.ts";
import { repositoryRoute, text, writer, type Call, type Route } from "./router.ts";
import type { StatusRow } from "./rows.ts";
import { userView } from "./views.ts";
import { repositoryApi, timestamp, type World } from "./world.ts";

const states = ["success", "failure", "error", "pending"];
/** Longest description, in characters. */
const longestDescription = 140;

export const statusRoutes: readonly Route[] = [
  repositoryRoute("POST", "/statuses/:sha", [["statuses", "write"]], createStatus),
  repositoryRoute("GET", "/commits/:ref/statuses", [["statuses", "read"]], async (call) =>
    page(
      call,
      (await statusesOf(call)).map((row) => statusView(call.world, row)),
    ),
  ),
  repositoryRoute("GET", "/commits/:ref/status", [["statuses", "read"]], combinedStatus),
];

async function createStatus(call: Call): Promise<Reply> {
  const { world } = call;
  const state = text(call, "state") ?? "";
  const description = text(call, "description") ?? null;
  const sha = await commitOf(call);
  if (!states.includes(state)) {
    throw invalid({ resource: "Status", code: "custom", field: "state", message: "state is not included in the list" });
  }
  if ((description?.length ?? 0) > longestDescription) {
    throw invalid({
      resource: "Status",
      code: "custom",
      field: "description",
      message: "description is too long (maximum is 140 characters)",
    });
  }
  const row: StatusRow = {
    id: world.nextId(),
    author: writer(call),
    sha,
    context: text(call, "context") ?? "default",
    state,
    description,
    targetUrl: text(call, "target_url") ?? null,
    createdAt: timestamp(world),
  };
  world.rows.statuses.push(row);
  emit(world, row.author, "status", { sha, state, context: row.context });
  return created(statusView(world, row));
}

/** Newest first. */
async function statusesOf(call: Call): Promise<StatusRow[]> {
  const sha = await commitOf(call);
  return call.world.rows.statuses.filter((row) => row.sha === sha).reverse();
}

async function combinedStatus(call: Call): Promise<Reply> {
  const newest = new Map<string, StatusRow>();
  for (const row of await statusesOf(call)) if (!newest.has(row.context)) newest.set(row.context, row);
  const found = [...newest.values()].map((row) => row.state);
  const failed = found.some((state) => state === "failure" || state === "error");
  const state = failed ? "failure" : found.length === 0 || found.includes("pending") ? "pending" : "success";
  const statuses = [...newest.values()].map((row) => statusView(call.world, row));
  return ok({ state, sha: await commitOf(call), total_count: statuses.length, statuses });
}

function statusView(world: World, row: StatusRow) {
  return {
    id: row.id,
    state: row.state,
    context: row.context,
    description: row.description,
    target_url: row.targetUrl,
    created_at: row.createdAt,
    updated_at: row.createdAt,
    creator: userView(world, row.author),
    url: `${repositoryApi(world)}/statuses/${row.sha}`,
  };
}
