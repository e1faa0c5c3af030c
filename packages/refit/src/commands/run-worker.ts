import type { Ports } from "../ports/index.ts";
import type { Flags } from "./command.ts";
import { runRequestOf } from "./run.ts";

/** A process of `refit run --parallel N`, with the words of that command. Nobody but refit calls it, so no help lists it. */
export { examples, optionHelp, options, summary, usage } from "./run.ts";

export async function run(ports: Ports, _args: readonly string[], flags: Flags): Promise<number> {
  const { runAsWorker } = await import("../runs/run-as-worker.ts");
  await runAsWorker(ports, runRequestOf(flags));
  return 0;
}
