import type { Output } from "../../ports/output.ts";
import type { Foreman, Turns, WorkerTask } from "../../ports/workers.ts";
import type { FromWorker, ToWorker } from "./messages.ts";

/** What a worker has in place of a terminal and of its own decision when to write. */
export interface AsWorker {
  readonly foreman: Foreman;
  readonly out: Output;
  readonly turns: Turns;
}

/** The other end of the channel of `processWorkers`. Without whoever started it, a worker ends: it would write without a turn. */
export function connectedForeman(): AsWorker {
  const send = (message: FromWorker) => void process.send?.(message);
  const asked: { task?: (task: WorkerTask | null) => void; turn?: () => void } = {};
  const gone = () => process.exit(0);
  process.on("disconnect", gone);
  const leave = () => {
    process.off("disconnect", gone);
    if (process.connected) process.disconnect();
  };
  process.on("message", (message: ToWorker) => {
    if (message.kind === "task") asked.task?.(message.task);
    if (message.kind === "turn") asked.turn?.();
    if (message.kind !== "end") return;
    leave();
    asked.task?.(null);
  });
  return {
    foreman: {
      next: () => new Promise((resolve) => (asked.task = resolve)),
      answer: (answer) => send({ kind: "answer", answer }),
      giveUp: (error, bug) =>
        void process.send?.({ kind: "stopped", error, bug } satisfies FromWorker, undefined, undefined, leave),
    },
    out: {
      print: (sentence) => send({ kind: "print", sentence }),
      notice: (sentence) => send({ kind: "notice", sentence }),
      progress: (stage, done) => send({ kind: "progress", stage, done }),
    },
    turns: {
      async take(work) {
        const granted = new Promise<void>((resolve) => (asked.turn = resolve));
        send({ kind: "turn" });
        await granted;
        try {
          return await work();
        } finally {
          send({ kind: "turn-over" });
        }
      },
    },
  };
}

/** A command that nobody started as a worker gives out its models itself. */
export const noForeman: Foreman = {
  next: async () => null,
  answer: () => {},
  giveUp: () => {},
};
