import { emit } from "./events.ts";
import { resolveCommit } from "./history.ts";
import { invalid, noContent, notFound, ok, Refusal, type Reply } from "./reply.ts";
import { repositoryRoute, text, writer, type Call, type Route } from "./router.ts";
import { repositoryApi } from "./world.ts";

const read = [["actions", "read"]] as const;
const write = [["actions", "write"]] as const;

export const actionRoutes: readonly Route[] = [
  repositoryRoute("GET", "/actions/permissions/workflow", [["administration", "read"]], ({ world }) =>
    ok({
      default_workflow_permissions: "read",
      can_approve_pull_request_reviews: world.settings.actionsMayOpenPulls,
    }),
  ),
  repositoryRoute("GET", "/actions/workflows", read, ({ world }) => {
    const workflows = Object.keys(world.settings.workflows).map((file) => workflowView(world, file));
    return ok({ total_count: workflows.length, workflows });
  }),
  repositoryRoute("GET", "/actions/workflows/:file", read, (call) => ok(workflowView(call.world, fileOf(call)))),
  repositoryRoute("PUT", "/actions/workflows/:file/enable", write, (call) => {
    const { world } = call;
    world.settings = { ...world.settings, workflows: { ...world.settings.workflows, [fileOf(call)]: "active" } };
    return noContent;
  }),
  repositoryRoute("POST", "/actions/workflows/:file/dispatches", write, dispatchWorkflow),
  repositoryRoute("POST", "/dispatches", [["contents", "write"]], dispatchRepository),
];

function fileOf({ world, params }: Call): string {
  const file = params["file"]!;
  if (world.settings.workflows[file] === undefined) throw notFound();
  return file;
}

function workflowView(world: Call["world"], file: string) {
  const id = Object.keys(world.settings.workflows).indexOf(file) + 1;
  const path = `.github/workflows/${file}`;
  return {
    id,
    node_id: `W_${id}`,
    name: file,
    path,
    state: world.settings.workflows[file],
    url: `${repositoryApi(world)}/actions/workflows/${id}`,
  };
}

async function dispatchWorkflow(call: Call): Promise<Reply> {
  const { world } = call;
  const file = fileOf(call);
  const ref = text(call, "ref");
  if (ref === undefined) throw new Refusal(422, 'Invalid request.\n\n"ref" wasn\'t supplied.');
  const branch = ref.replace(/^refs\/heads\//, "");
  if ((await resolveCommit(world.git, `refs/heads/${branch}`)) === null) {
    throw new Refusal(422, `No ref found for: ${ref}`);
  }
  if (world.settings.workflows[file] !== "active") {
    throw new Refusal(422, "Cannot trigger a 'workflow_dispatch' on a disabled workflow");
  }
  emit(world, writer(call), "workflow_dispatch", {
    ref: `refs/heads/${branch}`,
    inputs: call.body["inputs"] ?? {},
    workflow: `.github/workflows/${file}`,
  });
  return noContent;
}

function dispatchRepository(call: Call): Reply {
  const type = text(call, "event_type");
  if (type === undefined) throw invalid({ resource: "RepositoryDispatch", code: "missing_field", field: "event_type" });
  const payload = (call.body["client_payload"] ?? {}) as Readonly<Record<string, unknown>>;
  if (type.length > 100) {
    throw new Refusal(422, "Invalid request.\n\nevent_type is too long (maximum is 100 characters).");
  }
  if (Object.keys(payload).length > 10) {
    throw new Refusal(
      422,
      `Invalid request.\n\nNo more than 10 properties are allowed; ${Object.keys(payload).length} were supplied.`,
    );
  }
  emit(call.world, writer(call), "repository_dispatch", { action: type, branch: "main", client_payload: payload });
  return noContent;
}
