import { emit } from "./events.ts";
import { resolveCommit } from "./history.ts";
import { page } from "./page.ts";
import { created, invalid, notFound, ok, Refusal, type Reply } from "./reply.ts";
import { repositoryRoute, text, writer, type Call, type Route } from "./router.ts";
import type { CheckRunRow } from "./rows.ts";
import { repositoryApi, repositoryPage, timestamp, type World } from "./world.ts";

const read = [["checks", "read"]] as const;
const write = [["checks", "write"]] as const;
/** Longest `summary` and `text` of a check run, in characters. */
const longestOutput = 65_535;
const mostAnnotations = 50;

export const checkRoutes: readonly Route[] = [
  repositoryRoute("POST", "/check-runs", write, createCheck),
  repositoryRoute("GET", "/check-runs/:id", read, (call) => ok(checkView(call.world, checkOf(call)))),
  repositoryRoute("PATCH", "/check-runs/:id", write, updateCheck),
  repositoryRoute("GET", "/commits/:ref/check-runs", read, listChecks),
];

/** The commit that the path names. @throws Refusal 422 */
export async function commitOf(call: Call): Promise<string> {
  const { ref, sha } = call.params;
  const id = await resolveCommit(call.world.git, ref ?? sha!);
  if (id === null) throw new Refusal(422, `No commit found for SHA: ${ref ?? sha}`);
  return id;
}

async function createCheck(call: Call): Promise<Reply> {
  const { world } = call;
  const [name, head] = [text(call, "name"), text(call, "head_sha")];
  if (name === undefined) throw invalid({ resource: "CheckRun", code: "missing_field", field: "name" });
  const headSha = head === undefined ? null : await resolveCommit(world.git, head);
  if (headSha === null) throw new Refusal(422, `No commit found for SHA: ${head}`);
  const row: CheckRunRow = {
    id: world.nextId(),
    author: writer(call),
    headSha,
    startedAt: timestamp(world),
    name,
    status: "queued",
    conclusion: null,
    completedAt: null,
    externalId: "",
    detailsUrl: null,
    output: { title: null, summary: null, text: null, annotations: [] },
  };
  change(call, row);
  world.rows.checkRuns.push(row);
  emit(world, row.author, "check_run", { action: "created", check_run: checkView(world, row) });
  return created(checkView(world, row));
}

function updateCheck(call: Call): Reply {
  const row = checkOf(call);
  if (row.author.login !== writer(call).login) {
    throw new Refusal(403, "Resource not accessible by integration");
  }
  change(call, row);
  return ok(checkView(call.world, row));
}

function change(call: Call, row: CheckRunRow): void {
  const output = call.body["output"] as Partial<CheckRunRow["output"]> | undefined;
  for (const field of ["summary", "text"] as const) {
    if ((output?.[field]?.length ?? 0) <= longestOutput) continue;
    throw new Refusal(
      422,
      `Invalid request.\n\nOnly ${longestOutput} characters are allowed; ${output![field]!.length} were supplied.`,
    );
  }
  const annotations = output?.annotations ?? [];
  if (annotations.length > mostAnnotations) {
    throw new Refusal(
      422,
      `Invalid request.\n\nNo more than ${mostAnnotations} items are allowed; ${annotations.length} were supplied.`,
    );
  }
  const conclusion = text(call, "conclusion");
  row.name = text(call, "name") ?? row.name;
  row.status = conclusion === undefined ? (text(call, "status") ?? row.status) : "completed";
  if (row.status === "completed" && conclusion === undefined && row.conclusion === null) {
    throw invalid({ resource: "CheckRun", code: "missing_field", field: "conclusion" });
  }
  row.conclusion = row.status === "completed" ? (conclusion ?? row.conclusion) : null;
  row.completedAt = row.status === "completed" ? (text(call, "completed_at") ?? timestamp(call.world)) : null;
  row.externalId = text(call, "external_id") ?? row.externalId;
  row.detailsUrl = text(call, "details_url") ?? row.detailsUrl;
  if (output !== undefined)
    row.output = { ...row.output, ...output, annotations: [...row.output.annotations, ...annotations] };
}

function checkOf({ world, params }: Call): CheckRunRow {
  const row = world.rows.checkRuns.find((run) => run.id === Number(params["id"]));
  if (row === undefined) throw notFound();
  return row;
}

async function listChecks(call: Call): Promise<Reply> {
  const { world, query } = call;
  const sha = await commitOf(call);
  const name = query.get("check_name");
  let rows = world.rows.checkRuns
    .filter((run) => run.headSha === sha && (name === null || run.name === name))
    .reverse();
  if ((query.get("filter") ?? "latest") === "latest") {
    const seen = new Set<string>();
    rows = rows.filter((run) => {
      const key = `${run.author.login} ${run.name}`;
      return seen.has(key) ? false : seen.add(key);
    });
  }
  const views = rows.map((run) => checkView(world, run));
  return page(call, views, (shown) => ({ total_count: rows.length, check_runs: shown }));
}

function checkView(world: World, row: CheckRunRow) {
  return {
    id: row.id,
    node_id: `CR_${row.id}`,
    name: row.name,
    head_sha: row.headSha,
    external_id: row.externalId,
    status: row.status,
    conclusion: row.conclusion,
    started_at: row.startedAt,
    completed_at: row.completedAt,
    details_url: row.detailsUrl,
    url: `${repositoryApi(world)}/check-runs/${row.id}`,
    html_url: `${repositoryPage(world)}/runs/${row.id}`,
    output: { ...row.output, annotations_count: row.output.annotations.length },
    app: {
      slug: row.author.login === "github-actions[bot]" ? "github-actions" : row.author.login.replace("[bot]", ""),
    },
    pull_requests: [],
  };
}
