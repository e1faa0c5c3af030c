import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import type { Repository } from "../../ports/repository.ts";
import { connectedForeman } from "./foreman.ts";
import type { FromWorker, ToWorker } from "./messages.ts";

/** A worker's end of a channel, and the other one in the hands of the test. */
function channel() {
  const said: string[] = [];
  const end = Object.assign(new EventEmitter(), {
    connected: true,
    send: (message: FromWorker) => said.push(message.kind) > 0,
    disconnect: () => said.push("disconnect"),
    exit: (code?: unknown): never => {
      said.push(`exit ${String(code)}`);
      return undefined as never;
    },
  });
  return { said, tell: (message: ToWorker) => end.emit("message", message), end };
}

const task = (model: string) => ({
  group: null,
  models: [model],
  dataset: null,
  repository: {} as Repository,
  next: [],
});
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("a worker", () => {
  it("writes once it is told that it may, and says when it has, also where that failed", async () => {
    const { said, tell, end } = channel();
    const { turns } = connectedForeman(end);
    const write = (what: string) => async () => {
      said.push(what);
      if (what === "fails") throw new Error("no disk");
    };

    const first = turns.take(write("writes"));
    await settled();
    expect(said).toEqual(["turn"]);
    tell({ kind: "turn", moves: [] });
    await first;
    const second = turns.take(write("fails"));
    await settled();
    tell({ kind: "turn", moves: [] });

    await expect(second).rejects.toThrow("no disk");
    expect(said).toEqual(["turn", "writes", "turn-over", "turn", "fails", "turn-over"]);
  });

  it("has its turns one after the other, and knows with each what refit has moved by then", async () => {
    const { said, tell, end } = channel();
    const { turns, moves } = connectedForeman(end);
    const known = () => turns.take(async () => moves.known().map(({ to }) => to));
    const move = (to: string) => ({ ref: "refs/heads/refit-ledger", from: null, to });

    const [first, second] = [known(), known()];
    moves.note([move("own")]);
    await settled();
    expect(said).toEqual(["moved", "turn"]);
    tell({ kind: "turn", moves: [move("a"), move("own")] });
    expect(await first).toEqual(["a", "own"]);
    await settled();
    tell({ kind: "turn", moves: [move("b")] });

    expect(await second).toEqual(["a", "own", "b"]);
    expect(said).toEqual(["moved", "turn", "turn-over", "turn", "turn-over"]);
  });

  it("takes models in the order in which they came, also before it asks, until there are no more", async () => {
    const { said, tell, end } = channel();
    const { foreman } = connectedForeman(end);

    tell({ kind: "task", task: task("a") });
    tell({ kind: "task", task: task("b") });
    expect([await foreman.next(), await foreman.next()]).toEqual([task("a"), task("b")]);
    const last = foreman.next();
    tell({ kind: "end" });

    expect(await last).toBeNull();
    expect(said).toEqual(["disconnect"]);
    end.emit("disconnect");
    expect(said).toEqual(["disconnect"]);
  });

  it("ends where whoever started it is gone: it would write without a turn", () => {
    const { said, end } = channel();
    connectedForeman(end);

    end.emit("disconnect");

    expect(said).toEqual(["exit 0"]);
  });
});
