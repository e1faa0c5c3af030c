import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { longFilesFirst } from "./tools/testkit/src/long-files.ts";

const conditions = ["@refit/source"];

/** Tests that start no process, and so no git: beside the code, and all of the packages that are pure rules. */
const unit = ["{packages,tools}/*/src/**/*.test.ts", "packages/{core,tabular}/test/**/*.test.ts"];
/** Error rates over thousands of made-up runs, and pages read with the grammar of GitHub: pure, but too long for every save. */
const simulations = ["packages/*/src/**/*.simulation.test.ts"];
/** Tests that open a database each: no process, but many times the work of a rule. */
const engine = ["packages/refit/src/adapters/{duckdb/**/*,arrivals/parquet*}.test.ts"];

/**
 * Workers hold the modules of whole packages beside much that is short-lived, so that each collection of the old ones costs a lot and frees
 * little: they are made rare. A sixth of the time of tests that open a database each.
 */
const execArgv = ["--max-semi-space-size=32", "--min-semi-space-size=16", "--initial-old-space-size=512"];

class LongFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return longFilesFirst(await super.sort(files));
  }
}

// The names set the order, by the alphabet: long tests first, short ones fill what time is left on the other core.
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "processes",
          include: ["{packages,tools}/*/test/**/*.test.ts"],
          exclude: unit,
          testTimeout: 180_000, // whole stories, each command a process
          isolate: false, // no module of ours has a state that a test could leave behind
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        // Half a minute of one core, on a machine that others work on, too.
        test: { name: "simulations", include: simulations, testTimeout: 300_000, isolate: false },
      },
      {
        extends: true,
        test: { name: "engine", include: engine, testTimeout: 60_000, isolate: false },
      },
      {
        extends: true,
        test: {
          name: "unit",
          include: unit,
          exclude: [...simulations, ...engine],
          setupFiles: "tools/testkit/src/no-processes.ts",
          testTimeout: 60_000,
          isolate: false,
        },
      },
    ],
    sequence: { sequencer: LongFilesFirst },
    execArgv,
    globalSetup: "tools/testkit/src/run-folder.ts",
    pool: "forks",
  },
});
