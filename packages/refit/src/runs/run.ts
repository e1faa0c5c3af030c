import { mayBeProposed } from "@refit/core/decide";
import type { Decided } from "../products/decided.ts";
import type { Outcome } from "../products/outcome.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { block } from "../rooms/ends/block.ts";
import { decide } from "../rooms/decide.ts";
import { finishEarlierRun } from "../rooms/ends/finish.ts";
import { stopAtObstacles } from "../versions/obstacles-to.ts";
import { observe } from "../rooms/observe.ts";
import type { Argued } from "../rooms/propose.ts";
import type { RunRequest } from "../products/context.ts";
import { read } from "../rooms/read.ts";
import { skip } from "../rooms/ends/skip.ts";
import { takeSnapshot } from "../rooms/snapshot.ts";
import { endTooLate } from "../rooms/ends/too-late.ts";

/**
 * One retrain run, from the base branch to a proposal: nine rooms, each a file of its name. How a run may end before its
 * training is in `rooms/ends/`; a verdict that proposes nothing ends in `propose`. What ships is built between the last two, as
 * `verify` builds it too.
 *
 * @throws RefitError when a room cannot go on, or when git would refuse the proposal that the training is for.
 */
export async function run(ports: Ports, repository: Repository, request: RunRequest): Promise<Outcome> {
  const context = await read(ports, repository, request);
  const snapshot = await takeSnapshot(ports, context);
  // What writes waits until no other model does.
  const { take: inTurn } = ports.turns;
  if (snapshot.blocked) return inTurn(() => block(ports, context, snapshot));

  const observation = await observe(ports, context, snapshot);
  const uncounted = snapshot.findings.filter(({ code }) => code === "rows-uncounted");
  for (const { message } of [...uncounted, ...observation.findings]) ports.out.notice(message);
  const decision = await decide(ports, context, snapshot, observation);
  const decided = { context, snapshot, observation, decision };
  if (!decision.retrain) return inTurn(() => skip(ports, decided));
  const finished = await inTurn(() => finishEarlierRun(ports, decided));
  if (finished !== null) return finished;

  if (!request.dryRun) await stopAtObstacles(ports, context);
  const judged = await judgeModel(ports, decided);
  if ("ended" in judged) return judged.ended;
  const { propose, byItself } = await import("../rooms/retrain.ts");
  const [outcome] = await propose(ports, [judged], byItself);
  return outcome!;
}

/** The rooms from `prepare` to the first half of `propose`. Loaded from here on, so that a run with nothing to do loads none of it. */
export async function judgeModel(ports: Ports, decided: Decided): Promise<Argued | { readonly ended: Outcome }> {
  const { context, snapshot } = decided;
  const { take: inTurn } = ports.turns;
  const { withPrepared, endTooEarly, train, evaluate, gate, buildVersion, argue } = await import("../rooms/retrain.ts");
  return withPrepared<Argued | { readonly ended: Outcome }>(ports, context, snapshot, {
    async broken(findings) {
      const found = { ...snapshot, findings: [...snapshot.findings, ...findings] };
      return { ended: await inTurn(() => block(ports, context, found)) };
    },
    async prepared(prepared) {
      const ended = await inTurn(
        async () => (await endTooEarly(ports, decided, prepared)) ?? (await endTooLate(ports, decided)),
      );
      if (ended !== null) return { ended };
      const training = await train(ports, context, prepared, snapshot.digests.input);
      const evaluation = await evaluate(ports, decided, prepared, training);
      const verdict = gate(context, evaluation);
      const judged = { ...decided, prepared, training, evaluation, verdict };
      return argue(ports, judged, mayBeProposed(verdict.kind) ? await buildVersion(ports, judged) : null);
    },
  });
}
