import { emit } from "./events.ts";
import { resolveCommit } from "./history.ts";
import { page } from "./page.ts";
import { checkStates } from "./protection.ts";
import { created, invalid, noContent, notFound, ok, Refusal, type Reply } from "./reply.ts";
import { repositoryRoute, text, writer, type Call, type Route } from "./router.ts";
import type { DeploymentRow, DeploymentStatusRow } from "./rows.ts";
import { userView } from "./views.ts";
import { repositoryApi, timestamp, type World } from "./world.ts";

const read = [["deployments", "read"]] as const;
const write = [["deployments", "write"]] as const;
const states = ["error", "failure", "inactive", "in_progress", "queued", "pending", "success"];

export const deploymentRoutes: readonly Route[] = [
  repositoryRoute("GET", "/deployments", read, (call) => {
    const { world, query } = call;
    const wanted = (["sha", "ref", "environment", "task"] as const).filter((key) => query.has(key));
    const rows = world.rows.deployments.filter((row) => wanted.every((key) => row[key] === query.get(key)));
    return page(
      call,
      rows.reverse().map((row) => deploymentView(world, row)),
    );
  }),
  repositoryRoute("POST", "/deployments", write, createDeployment),
  repositoryRoute("GET", "/deployments/:id", read, (call) => ok(deploymentView(call.world, deploymentOf(call)))),
  repositoryRoute("DELETE", "/deployments/:id", write, (call) => {
    const row = deploymentOf(call);
    if (row.statuses.at(-1)?.state === "success" && call.world.rows.deployments.length > 1) {
      throw new Refusal(
        422,
        "We cannot delete an active deployment unless it is the only deployment in a given environment.",
      );
    }
    call.world.rows.deployments.splice(call.world.rows.deployments.indexOf(row), 1);
    return noContent;
  }),
  repositoryRoute("GET", "/deployments/:id/statuses", read, (call) => {
    const row = deploymentOf(call);
    return page(
      call,
      [...row.statuses].reverse().map((status) => statusView(call.world, row, status)),
    );
  }),
  repositoryRoute("POST", "/deployments/:id/statuses", write, createStatus),
];

function deploymentOf({ world, params }: Call): DeploymentRow {
  const row = world.rows.deployments.find((one) => one.id === Number(params["id"]));
  if (row === undefined) throw notFound();
  return row;
}

async function createDeployment(call: Call): Promise<Reply> {
  const { world } = call;
  const ref = text(call, "ref");
  if (ref === undefined) throw invalid({ resource: "Deployment", code: "missing_field", field: "ref" });
  const sha = await resolveCommit(world.git, ref);
  if (sha === null) throw new Refusal(422, `No ref found for: ${ref}`);

  // Left out means all there are; an empty list means none.
  const required = call.body["required_contexts"] as readonly string[] | undefined;
  const checks = checkStates(world, sha);
  const failed = [...(required ?? checks.keys())].filter((name) => checks.get(name) !== "success");
  if (failed.length > 0) {
    throw new Refusal(409, `Conflict: Commit status checks failed for ${ref}.`, [
      { resource: "Deployment", code: "invalid", field: "required_contexts" },
    ]);
  }
  const row: DeploymentRow = {
    id: world.nextId(),
    author: writer(call),
    sha,
    ref,
    environment: text(call, "environment") ?? "production",
    task: text(call, "task") ?? "deploy",
    description: text(call, "description") ?? null,
    payload: call.body["payload"] ?? {},
    createdAt: timestamp(world),
    statuses: [],
  };
  world.rows.deployments.push(row);
  emit(world, row.author, "deployment", { action: "created", deployment: deploymentView(world, row) });
  return created(deploymentView(world, row));
}

function createStatus(call: Call): Reply {
  const { world } = call;
  const row = deploymentOf(call);
  const state = text(call, "state") ?? "";
  if (!states.includes(state)) throw invalid({ resource: "DeploymentStatus", code: "invalid", field: "state" });
  const base = { author: writer(call), description: null, environmentUrl: null, createdAt: timestamp(world) };
  if (state === "success" && call.body["auto_inactive"] !== false) {
    for (const older of world.rows.deployments) {
      const live = older !== row && older.environment === row.environment && older.statuses.at(-1)?.state === "success";
      if (live) older.statuses.push({ ...base, id: world.nextId(), state: "inactive" });
    }
  }
  const status: DeploymentStatusRow = {
    ...base,
    id: world.nextId(),
    state,
    description: text(call, "description") ?? null,
    environmentUrl: text(call, "environment_url") ?? null,
  };
  row.statuses.push(status);
  const views = { deployment_status: statusView(world, row, status), deployment: deploymentView(world, row) };
  emit(world, status.author, "deployment_status", { action: "created", ...views });
  return created(statusView(world, row, status));
}

function deploymentView(world: World, row: DeploymentRow) {
  const { createdAt, statuses, author, ...shared } = row;
  const url = `${repositoryApi(world)}/deployments/${row.id}`;
  return {
    ...shared,
    node_id: `DE_${row.id}`,
    creator: userView(world, author),
    created_at: createdAt,
    updated_at: statuses.at(-1)?.createdAt ?? createdAt,
    original_environment: row.environment,
    url,
    statuses_url: `${url}/statuses`,
  };
}

function statusView(world: World, row: DeploymentRow, status: DeploymentStatusRow) {
  return {
    id: status.id,
    node_id: `DES_${status.id}`,
    state: status.state,
    description: status.description,
    environment: row.environment,
    environment_url: status.environmentUrl ?? "",
    creator: userView(world, status.author),
    created_at: status.createdAt,
    updated_at: status.createdAt,
    deployment_url: `${repositoryApi(world)}/deployments/${row.id}`,
  };
}
