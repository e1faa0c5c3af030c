import { docsPage } from "@refit/core/errors";
import type { Diagnosis } from "../../../../ports/diagnosis.ts";
import { answersTicks, jobsLacking, startsRefit } from "./diagnose-workflows.ts";

/** Commands that write the dashboard. */
const writing = ["auto", "run", "promote", "dashboard"];

/** What a dashboard that `refit.yaml` asks for will lack. @param files parsed YAML by path; other workflows are left alone. */
export function diagnoseDashboard(files: ReadonlyMap<string, unknown>): Diagnosis[] {
  const workflows = [...files].filter(([, parsed]) => startsRefit(parsed));
  const lacking = workflows.flatMap(([path, parsed]) =>
    jobsLacking(parsed, "issues", writing).map((job) => `${path}, job ${job}`),
  );
  const found: Diagnosis[] = lacking.map((where) => ({
    severity: "warning",
    what: `${where}: the dashboard is not written without issues: write.`,
    fix: "Add `issues: write` to its `permissions`.",
  }));
  if (workflows.length === 0 || workflows.some(([, parsed]) => answersTicks(parsed))) return found;
  const paths = workflows.map(([path]) => path).join(", ");
  return [
    ...found,
    {
      severity: "warning",
      what: `${paths}: a ticked box of the dashboard starts nothing, because no workflow with refit listens to edited issues.`,
      fix: `Run \`refit init --github\` again, with the options that it was written with, and commit what it changes: ${docsPage("github-action.md#one-issue-for-all-models")}`,
    },
  ];
}
