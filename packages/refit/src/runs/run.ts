import type { Outcome } from "../products/outcome.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { block } from "../rooms/ends/block.ts";
import { decide } from "../rooms/decide.ts";
import { finish } from "../rooms/ends/finish.ts";
import { obstaclesTo } from "../versions/obstacles-to.ts";
import { observe } from "../rooms/observe.ts";
import type { RunRequest } from "../products/context.ts";
import { read } from "../rooms/read.ts";
import { skip } from "../rooms/ends/skip.ts";
import { takeSnapshot } from "../rooms/snapshot.ts";
import { tooLate } from "../rooms/ends/too-late.ts";

/**
 * One retrain run, from the base branch to a proposal: nine rooms, each a file of its name. How a run may end before the
 * last one is in `rooms/ends/`.
 */
export async function run(ports: Ports, repository: Repository, request: RunRequest): Promise<Outcome> {
  const context = await read(ports, repository, request);
  const snapshot = await takeSnapshot(ports, context);
  if (snapshot.blocked) return block(ports, context, snapshot);

  const observation = await observe(ports, context, snapshot);
  const decision = decide(ports, context, snapshot, observation);
  const decided = { context, snapshot, observation, decision };
  if (!decision.retrain) return skip(ports, decided);
  const finished = await finish(ports, context, snapshot, decision);
  if (finished !== null) return finished;
  const late = tooLate(context, snapshot, decision);
  if (late !== null) return skip(ports, { ...decided, decision: late });

  const [obstacle] = request.dryRun ? [] : await obstaclesTo(ports, context);
  if (obstacle !== undefined) throw obstacle;
  const { withPrepared, train, evaluate, gate, propose } = await import("../rooms/retrain.ts");
  return withPrepared(ports, context, snapshot, async (prepared) => {
    const training = await train(ports, context, prepared);
    const evaluation = await evaluate(ports, decided, prepared, training.challenger);
    const verdict = gate(context, evaluation);
    return propose(ports, { ...decided, prepared, training, evaluation, verdict });
  });
}
