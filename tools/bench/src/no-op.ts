import { inTurn, type Measured, words } from "./measure.ts";
import { wideModel } from "./wide-model.ts";

const PAIRS = 21;

/** `refit run` when nothing changed, against a Node process that does nothing. */
export function benchNoOp(): Measured[] {
  const workspace = wideModel({ files: 3, rows: 1_000 });
  try {
    workspace.promote();
    const run = () => {
      const { stdout } = workspace.refit(["run", "wide"]);
      if (!stdout.includes("nothing has changed")) throw new Error(`Something had changed:\n${stdout}`);
    };
    const bare = () => void workspace.node(["-e", "0"]);
    waitOut(); // refit does not trust what changed within the last two seconds
    inTurn(3, run, bare);
    const { first, second } = inTurn(PAIRS, run, bare);
    return [
      {
        what: "`refit run` with nothing to do, over a bare `node -e 0`",
        refit: words(first),
        against: words(second),
        ratio: first / second,
        bar: "2 (goal 1.6)",
        runs: PAIRS,
      },
    ];
  } finally {
    workspace.remove();
  }
}

function waitOut(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2500);
}
