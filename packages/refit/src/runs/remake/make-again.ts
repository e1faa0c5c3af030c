import type { Ports } from "../../ports/index.ts";
import type { Context } from "../../products/context.ts";
import type { Evaluation } from "../../products/evaluation.ts";
import type { Snapshot } from "../../products/snapshot.ts";

export type MakeAgainPorts = Pick<
  Ports,
  "scratch" | "clock" | "files" | "git" | "largeFiles" | "learners" | "out" | "sources" | "tables"
>;

/** A version as its inputs make it. */
export interface MadeAgain {
  /** By path in the champion folder. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly evaluation: Evaluation;
}

/** Makes the version that a run with this context and these data would propose, and writes nothing. */
export async function makeAgain(ports: MakeAgainPorts, context: Context, snapshot: Snapshot): Promise<MadeAgain> {
  const { withPrepared, train, evaluate, buildVersion } = await import("../../rooms/retrain.ts");
  return withPrepared(ports, context, snapshot, async (prepared) => {
    const training = await train(ports, context, prepared);
    const inputs = { context, snapshot, prepared, training };
    const evaluation = await evaluate(ports, inputs, prepared, training);
    return { files: await buildVersion(ports, { ...inputs, evaluation }), evaluation };
  });
}
