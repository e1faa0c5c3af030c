import type { Output } from "../../ports/output.ts";
import type { Foreman, Turns, WorkerTask } from "../../ports/workers.ts";
import type { FromWorker, ToWorker } from "./messages.ts";
import { refMoves, type RefMoves } from "./ref-moves.ts";
import { turnsInOrder } from "./turns.ts";

/** What a worker has in place of a terminal and of its own decision when to write. */
export interface AsWorker {
  readonly foreman: Foreman;
  readonly out: Output;
  readonly turns: Turns;
  readonly moves: RefMoves;
}

/** What a process that was started with a channel has of it. */
type ChannelEnd = Pick<NodeJS.EventEmitter, "on" | "off"> &
  Pick<NodeJS.Process, "connected" | "disconnect" | "exit" | "send">;

/** The other end of the channel of `processWorkers`. Without whoever started it, a worker ends: it would write without a turn. */
export function connectedForeman(channel: ChannelEnd = process): AsWorker {
  const send = (message: FromWorker) => void channel.send?.(message);
  // A task may be there before anybody asks for it.
  const tasks = turnstile<WorkerTask | null>();
  let granted = () => {};
  const moves = refMoves();
  const ownTurns = turnsInOrder();
  const gone = () => channel.exit(0);
  channel.on("disconnect", gone);
  const leave = () => {
    channel.off("disconnect", gone);
    if (channel.connected) channel.disconnect();
  };
  channel.on("message", (message: ToWorker) => {
    if (message.kind === "task") tasks.bring(message.task);
    if (message.kind === "turn") {
      moves.note(message.moves);
      granted();
    }
    if (message.kind !== "end") return;
    leave();
    tasks.bring(null);
  });
  return {
    foreman: {
      next: tasks.take,
      answer: (answer) => send({ kind: "answer", answer }),
      giveUp: (error, bug) =>
        void channel.send?.({ kind: "stopped", error, bug } satisfies FromWorker, undefined, undefined, leave),
    },
    out: {
      print: (sentence) => send({ kind: "print", sentence }),
      notice: (sentence) => send({ kind: "notice", sentence }),
      progress: (stage, done) => send({ kind: "progress", stage, done }),
    },
    turns: {
      // Several programs of one model may end at the same time.
      take: (work) =>
        ownTurns.take(async () => {
          await new Promise<void>((resolve) => {
            granted = resolve;
            send({ kind: "turn" });
          });
          try {
            return await work();
          } finally {
            send({ kind: "turn-over" });
          }
        }),
    },
    moves: { note: (moved) => send({ kind: "moved", moves: moved }), known: moves.known },
  };
}

/** One thing at a time goes through, whichever side is there first. */
function turnstile<T>(): { bring(thing: T): void; take(): Promise<T> } {
  const brought: T[] = [];
  let wanted: ((thing: T) => void) | null = null;
  return {
    bring(thing) {
      if (wanted === null) brought.push(thing);
      else wanted(thing);
      wanted = null;
    },
    take: () =>
      new Promise((resolve) => {
        if (brought.length > 0) resolve(brought.shift()!);
        else wanted = resolve;
      }),
  };
}

/** A command that nobody started as a worker gives out its models itself. */
export const noForeman: Foreman = {
  next: async () => null,
  answer: () => {},
  giveUp: () => {},
};
