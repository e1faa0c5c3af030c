// One vitest run over all projects, with whichever Node runs this script; the last line is the true count.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";

import { root } from "./install.mjs";

const folder = mkdtempSync(join(tmpdir(), "refit-tests-"));
const report = join(folder, "report.json");
const { status } = spawnSync(
  process.execPath,
  [
    join(root, "node_modules/vitest/vitest.mjs"),
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    // One more than there are cores, since a test often waits for a process or for a time-out. Not in the configuration,
    // where it would win over the command line.
    ...(process.argv.some((arg) => arg.startsWith("--maxWorkers"))
      ? []
      : [`--maxWorkers=${availableParallelism() + 1}`]),
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: "inherit" },
);
const { passed, failed, skipped } = count(report, status);
rmSync(folder, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`);
process.exit(status ?? 1);

/**
 * The report alone misleads: a file that cannot be loaded counts no failed test, and an error outside of any test
 * leaves `success: true`.
 */
function count(path, exitCode) {
  let result = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, testResults: [] };
  try {
    result = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    // No report: vitest did not get that far, so its exit code is all there is.
  }
  const unloaded = result.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  const told = result.numFailedTests + unloaded.length;
  const atLeast = exitCode === 0 ? 0 : 1;
  return { passed: result.numPassedTests, failed: Math.max(told, atLeast), skipped: result.numPendingTests };
}
