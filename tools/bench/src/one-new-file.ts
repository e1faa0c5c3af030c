import { type Measured, median, timed, words } from "./measure.ts";
import { firstSnapshot } from "./snapshot.ts";
import { wideModel } from "./wide-model.ts";

const RUNS = 5;
const FILES = 100;
const ROWS = 2_000;

/** A run after one file was added to a hundred, over the first snapshot of the hundred: cost follows change. */
export function benchOneNewFile(): Measured[] {
  const workspace = wideModel({ files: FILES, rows: ROWS });
  const candidate = "{ learner: linear }";
  try {
    workspace.commitSpecs({ candidate, minRows: 1_000_000_000 });
    const first = median(Array.from({ length: RUNS }, () => timed(() => firstSnapshot(workspace))));

    workspace.commitSpecs({ candidate, minRows: 100 });
    workspace.promote();
    const again = median(
      Array.from({ length: RUNS }, () => {
        workspace.addFile(ROWS);
        return timed(() => {
          const { stdout } = workspace.refit(["run", "wide"]);
          if (!stdout.includes("wide: skipped")) throw new Error(`The new file did not end in a skip:\n${stdout}`);
        });
      }),
    );
    return [
      {
        what: `\`refit run\` after one new file among ${FILES} of ${ROWS.toLocaleString("en")} rows, over the first snapshot of all`,
        refit: words(again),
        against: words(first),
        ratio: again / first,
        bar: "–",
        runs: RUNS,
      },
    ];
  } finally {
    workspace.remove();
  }
}
