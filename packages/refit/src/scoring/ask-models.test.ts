import { CommandFailedError, type CommandOutcome } from "@refit/core/errors";
import { describe, expect, it } from "vitest";
import { askModels } from "./ask-models.ts";

const soon = () => new Promise<void>((done) => setImmediate(done));
const failure = (outcome: CommandOutcome) =>
  new CommandFailedError(outcome, { step: "predict", argv: ["p"] }, "failed");

/** Models of which one fails while another answers. */
function crowded(outcome: CommandOutcome) {
  let answering = 0;
  let most = 0;
  const asked: string[] = [];
  const ask = (name: string) => async () => {
    asked.push(name);
    most = Math.max(most, ++answering);
    const isAlone = answering === 1;
    await soon();
    answering--;
    if (!isAlone) throw failure(outcome);
    return name;
  };
  return { asks: [ask("a"), ask("b"), ask("c")] as const, asked, most: () => most };
}

describe("several models", () => {
  it.each<CommandOutcome>(["exit-code", "ended-by-signal", "timed-out"])(
    "answer at the same time; one that fails beside others with %s is asked again alone",
    async (outcome) => {
      const { asks, asked, most } = crowded(outcome);

      expect(await askModels<[string, string, string]>(asks, { atOnce: true })).toEqual(["a", "b", "c"]);
      expect([asked.join(""), most()]).toEqual(["abcbc", 3]);
    },
  );

  it("answer one after the other where no program does", async () => {
    const { asks, asked, most } = crowded("exit-code");

    expect(await askModels<[string, string, string]>(asks, { atOnce: false })).toEqual(["a", "b", "c"]);
    expect([asked.join(""), most()]).toEqual(["abc", 1]);
  });

  it("are not asked again for what does not come of crowding, and not a third time", async () => {
    const { asks, asked } = crowded("not-finite");
    await expect(askModels(asks, { atOnce: true })).rejects.toMatchObject({ outcome: "not-finite" });
    expect(asked.join("")).toBe("abc");

    // A bug is told at once, also where it would not happen again.
    let tries = 0;
    const bug = Object.assign(new Error("a bug"), { outcome: "exit-code" });
    const failsOnce = async () => (tries++ === 0 ? Promise.reject(bug) : "a");
    await expect(askModels([failsOnce], { atOnce: true })).rejects.toThrow("a bug");

    let calls = 0;
    const fails = async () => {
      calls++;
      throw failure("timed-out");
    };
    await expect(askModels([fails], { atOnce: true })).rejects.toMatchObject({ outcome: "timed-out" });
    expect(calls).toBe(2);
  });
});
