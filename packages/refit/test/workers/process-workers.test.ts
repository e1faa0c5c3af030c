import { writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "@refit/testkit/folders";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { SHARED_BY } from "../../src/adapters/machine.ts";
import { processWorkers } from "../../src/adapters/workers/process-workers.ts";
import { refMoves } from "../../src/adapters/workers/ref-moves.ts";
import { turnsInOrder } from "../../src/adapters/workers/turns.ts";
import type { Repository } from "../../src/ports/repository.ts";
import { terminalOutput } from "../../src/adapters/terminal/output.ts";

/** Does what the name of the model says, in the words that a worker has for the process that started it. */
const script = `
const say = (message) => process.send(message);
const answer = (outcome) => say({ kind: "answer", answer: { outcomes: [outcome], refs: ["refit-ledger"] } });
let model = "";
process.on("message", (message) => {
  if (message.kind === "end") return process.disconnect();
  if (message.kind === "turn") {
    say({ kind: "notice", sentence: "writes" });
    if (model === "dies-writing") return void setTimeout(() => process.kill(process.pid, "SIGKILL"), 100);
    const move = { ref: "refs/heads/refit--" + model, from: null, to: model };
    setTimeout(() => {
      say({ kind: "moved", moves: [move] });
      say({ kind: "turn-over" });
      answer({ model, heard: message.moves.map(({ to }) => to) });
    }, 20);
    return;
  }
  [model] = message.task.models;
  if (model === "words") {
    say({ kind: "progress", stage: "Training", done: 0.5 });
    answer({ model, words: process.argv.slice(2), shared: process.env.${SHARED_BY}, zero: -0, map: new Map([[1, NaN]]) });
  }
  if (model === "dies") process.kill(process.pid, "SIGKILL");
  if (model === "bug") say({ kind: "stopped", error: { code: "bug", message: "odd", hint: "" }, bug: "Error: odd\\n    at here" });
  if (model === "token") say({ kind: "stopped", error: { code: "token-missing", message: "No token.", hint: "Set one." }, bug: null });
  if (model.includes("writ")) say({ kind: "turn" });
});
`;

/** Workers of that program, and what was said. */
async function workers() {
  const program = path.join(await temporaryFolder(), "worker.cjs");
  await writeFile(program, script);
  const said: string[] = [];
  const stream = { isTTY: false, columns: 80, write: (text: string) => said.push(text) > 0 };
  const { out, naming } = terminalOutput(false, { stderr: stream, stdout: stream });
  const command = { program, words: ["--all"], worker: "run-worker" };
  const { start } = processWorkers({ command, env: process.env, turns: turnsInOrder(), moves: refMoves() });
  return {
    said,
    open() {
      const worker = start(2, out);
      onTestFinished(() => worker.end());
      const run = (model: string) =>
        naming.about(model, () =>
          worker.run({ group: null, models: [model], dataset: null, repository: {} as Repository, next: [] }),
        );
      return { run };
    },
  };
}

describe("a worker", () => {
  it("has the words of the command and its part of the machine, and its answer comes as it is", async () => {
    const { open, said } = await workers();

    const { outcomes, refs } = await open().run("words");

    expect(outcomes[0]).toEqual({
      model: "words",
      words: ["run-worker", "--all"],
      shared: "2",
      zero: -0,
      map: new Map([[1, Number.NaN]]),
    });
    expect(refs).toEqual(["refit-ledger"]);
    expect(said).toEqual(["words: Training 50 %\n"]);
  });

  it("that dies is told of its model only, and others go on", async () => {
    const { open } = await workers();
    const [dying, other] = [open(), open()];

    await expect(dying.run("dies")).rejects.toMatchObject({
      code: "model-process-ended",
      message: 'The process that ran "dies" ended before it was done (SIGKILL).',
    });
    await expect(dying.run("words")).rejects.toMatchObject({ code: "model-process-ended" });
    expect((await other.run("words")).outcomes).toMatchObject([{ model: "words" }]);
  });

  it("hands on why it cannot go on: a bug with its stack, anything else with what to do", async () => {
    const { open } = await workers();

    await expect(open().run("bug")).rejects.toMatchObject({ message: "odd", stack: "Error: odd\n    at here" });
    await expect(open().run("token")).rejects.toMatchObject({ code: "token-missing", hint: "Set one." });
  });

  it("writes when no other does, also after one that died while it wrote", async () => {
    const { open, said } = await workers();
    const [first, second, third] = [open(), open(), open()];

    const dying = second.run("dies-writing").catch((error: Error) => error.message);
    await vi.waitFor(() => expect(said).toHaveLength(1), 10_000);
    await Promise.all([first.run("writes"), third.run("writes-too")]);

    expect(await dying).toContain("SIGKILL");
    expect(said[0]).toBe("note: dies-writing: writes\n");
    expect(said.slice(1).toSorted()).toEqual(["note: writes-too: writes\n", "note: writes: writes\n"]);
  });
});

it("a worker hears with its turn what all have moved since its last one", async () => {
  const { open } = await workers();
  const [first, second] = [open(), open()];
  const heard: unknown[] = [];
  for (const [worker, model] of [
    [first, "writes"],
    [second, "writes-too"],
    [first, "writes-more"],
  ] as const)
    heard.push(...(await worker.run(model)).outcomes);

  expect(heard).toEqual([
    { model: "writes", heard: [] },
    { model: "writes-too", heard: ["writes"] },
    { model: "writes-more", heard: ["writes", "writes-too"] },
  ]);
});

it("turns come one after the other, also after one that fails", async () => {
  const { take } = turnsInOrder();
  const events: string[] = [];
  const turn = (name: string) => async () => {
    events.push(`+${name}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
    events.push(`-${name}`);
    if (name === "b") throw new Error(name);
    return name;
  };

  const ends = await Promise.allSettled(["a", "b", "c"].map((name) => take(turn(name))));

  expect(events).toEqual(["+a", "-a", "+b", "-b", "+c", "-c"]);
  expect(ends.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});
