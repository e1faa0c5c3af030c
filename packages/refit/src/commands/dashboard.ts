import { dashboardText } from "@refit/core/report";
import { UsageError } from "@refit/core/errors";
import type { Ports } from "../ports/index.ts";
import { keepDashboard, shownModels, type DashboardRun } from "../runs/dashboard.ts";
import type { Flags } from "./command.ts";
import { pushHelp, pushOptions } from "./publishing.ts";

export const usage = "refit dashboard [--push|--no-push] [--dry-run] [--json]";
export const summary =
  "Bring the issue that shows every model up to date (`dashboard: issue` in refit.yaml). In a workflow that a ticked box started, say what was asked for, and clear the box.";
export const examples = [
  ["refit dashboard --dry-run", "the page as Markdown"],
  ["refit dashboard --push", "write it"],
] as const;
export const options = { ...pushOptions, "dry-run": { type: "boolean" }, json: { type: "boolean" } } as const;
export const optionHelp = {
  ...pushHelp,
  "dry-run": "print the page and write nothing",
  json: "print what was done, and what was asked for, as JSON",
};

/** Characters of a page where no forge says it. */
const usualLimit = 60_000;

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  if (args.length > 0) throw new UsageError("dashboard takes no arguments; it shows every model.", usage);
  const repository = await ports.git.locate();
  for (const notice of repository.notices) ports.out.notice(notice);
  if (flags["dry-run"] === true) {
    const limit = ports.forge.limits.dashboardCharacters ?? usualLimit;
    const text = dashboardText(await shownModels(ports, repository), limit);
    ports.out.print(flags.json === true ? JSON.stringify({ text }, null, 2) : text);
    return 0;
  }
  if (!ports.publication.allowed)
    ports.out.notice("Nothing was written: the dashboard is on GitHub. `--push` writes it, `--dry-run` prints it.");
  const kept = await keepDashboard(ports, repository);
  if (repository.layout?.dashboard !== "issue")
    ports.out.notice("There is no dashboard: `refit.yaml` on the base branch has no `dashboard: issue`.");
  ports.out.print(flags.json === true ? JSON.stringify(kept, null, 2) : sentenceFor(kept));
  return 0;
}

function sentenceFor({ url, operation, boxes }: DashboardRun): string {
  if (boxes === null) return url === null ? "dashboard: none" : `dashboard: ${operation}, ${url}`;
  if (!boxes.asked) return boxes.because;
  const what = [...boxes.models, ...(boxes.due ? ["every model that is due"] : [])];
  return `asked for by ${boxes.by}: ${what.join(", ")}`;
}
