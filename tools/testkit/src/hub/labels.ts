import type { Need } from "./actors.ts";
import { emit } from "./events.ts";
import { issueOf } from "./issues.ts";
import { page } from "./page.ts";
import { emitPull } from "./refs.ts";
import { created, invalid, noContent, notFound, ok, Refusal } from "./reply.ts";
import { list, repositoryRoute, text, writer, type Call, type Route } from "./router.ts";
import { isPull, type IssueRow, type LabelRow } from "./rows.ts";
import { issueView, labelView } from "./views.ts";
import type { World } from "./world.ts";

const read: Need = [
  ["issues", "read"],
  ["pull_requests", "read"],
];
const write: Need = [
  ["issues", "write"],
  ["pull_requests", "write"],
];

export const labelRoutes: readonly Route[] = [
  repositoryRoute("GET", "/labels", read, (call) =>
    page(
      call,
      call.world.rows.labels.map((label) => labelView(call.world, label)),
    ),
  ),
  repositoryRoute("POST", "/labels", write, (call) => {
    const name = text(call, "name");
    if (name === undefined) throw invalid({ resource: "Label", code: "missing_field", field: "name" });
    if (findLabel(call.world, name) !== undefined) {
      throw invalid({ resource: "Label", code: "already_exists", field: "name" });
    }
    const label = newLabel(call.world, name, colorOf(call), text(call, "description"));
    return created(labelView(call.world, label));
  }),
  repositoryRoute("GET", "/labels/:name", read, (call) => ok(labelView(call.world, labelOf(call)))),
  repositoryRoute("PATCH", "/labels/:name", write, (call) => {
    const label = labelOf(call);
    label.color = colorOf(call) ?? label.color;
    label.description = text(call, "description") ?? label.description;
    return ok(labelView(call.world, label));
  }),
  repositoryRoute("DELETE", "/labels/:name", write, (call) => {
    const label = labelOf(call);
    call.world.rows.labels.splice(call.world.rows.labels.indexOf(label), 1);
    for (const row of call.world.rows.issues) row.labels = row.labels.filter((name) => name !== label.name);
    return noContent;
  }),
  repositoryRoute("GET", "/issues/:number/labels", read, (call) =>
    page(call, shownLabels(call.world, issueOf(call.world, call.params["number"]!))),
  ),
  repositoryRoute("POST", "/issues/:number/labels", write, (call) => {
    const row = issueOf(call.world, call.params["number"]!);
    addLabels(call.world, row, list(call, "labels") ?? []);
    told(call, row, "labeled");
    return ok(shownLabels(call.world, row));
  }),
  repositoryRoute("PUT", "/issues/:number/labels", write, (call) => {
    const row = issueOf(call.world, call.params["number"]!);
    row.labels = [];
    addLabels(call.world, row, list(call, "labels") ?? []);
    return ok(shownLabels(call.world, row));
  }),
  repositoryRoute("DELETE", "/issues/:number/labels/:name", write, (call) => {
    const row = issueOf(call.world, call.params["number"]!);
    const label = findLabel(call.world, call.params["name"]!);
    if (label === undefined || !row.labels.includes(label.name)) throw new Refusal(404, "Label does not exist");
    row.labels = row.labels.filter((name) => name !== label.name);
    told(call, row, "unlabeled");
    return ok(shownLabels(call.world, row));
  }),
];

/** Names of labels do not tell upper from lower case. */
function findLabel(world: World, name: string): LabelRow | undefined {
  return world.rows.labels.find((label) => label.name.toLowerCase() === name.toLowerCase());
}

function labelOf(call: Call): LabelRow {
  const label = findLabel(call.world, call.params["name"]!);
  if (label === undefined) throw notFound();
  return label;
}

/** Six hexadecimal digits, without the `#`. @throws Refusal 422 */
function colorOf(call: Call): string | undefined {
  const color = text(call, "color");
  if (color !== undefined && !/^[0-9a-f]{6}$/i.test(color)) {
    throw invalid({ resource: "Label", code: "invalid", field: "color" });
  }
  return color;
}

function newLabel(world: World, name: string, color = "ededed", description: string | null = null): LabelRow {
  const label = { id: world.nextId(), name, color, description };
  world.rows.labels.push(label);
  return label;
}

/** Puts labels on an issue; unknown ones are created, as GitHub does. */
export function addLabels(world: World, row: IssueRow, names: readonly string[]): void {
  for (const name of names) {
    const label = findLabel(world, name) ?? newLabel(world, name);
    if (!row.labels.includes(label.name)) row.labels.push(label.name);
  }
}

function shownLabels(world: World, row: IssueRow) {
  return world.rows.labels.filter((label) => row.labels.includes(label.name)).map((label) => labelView(world, label));
}

function told(call: Call, row: IssueRow, action: string): void {
  const actor = writer(call);
  if (isPull(row)) emitPull(call.world, actor, row, { action });
  else emit(call.world, actor, "issues", { action, issue: issueView(call.world, row) });
}
