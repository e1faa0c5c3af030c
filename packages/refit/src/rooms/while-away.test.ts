import { describe, expect, it } from "vitest";
import { whileAway } from "./while-away.ts";

const soon = () => new Promise<void>((done) => setImmediate(done));

describe("work while a program runs", () => {
  it("begins when the program runs, and waits for it where it asks to", async () => {
    const told: string[] = [];
    const call = async (onStarted: () => void) => {
      told.push("tried");
      await soon();
      onStarted();
      onStarted();
      await soon();
      told.push("found");
      return true;
    };
    const work = async (called: Promise<boolean>) => {
      told.push("written");
      const found = await called;
      told.push("trained");
      return found ? "again" : "";
    };

    expect(await whileAway(call, work)).toEqual([true, "again"]);
    expect(told).toEqual(["tried", "written", "found", "trained"]);
  });

  it("begins after a call that starts none", async () => {
    const told: string[] = [];
    const work = async () => void told.push("work");

    expect(await whileAway(async () => told.push("call"), work)).toEqual([1, undefined]);
    expect(told).toEqual(["call", "work"]);
  });

  it("is not begun after a call that fails; what was begun has ended when the failure is told", async () => {
    const told: string[] = [];
    const fails = async (onStarted: (() => void) | null) => {
      onStarted?.();
      throw new Error("the call");
    };
    const work = async () => {
      await soon();
      told.push("ended");
      throw new Error("the work");
    };

    await expect(whileAway(() => fails(null), work)).rejects.toThrow("the call");
    expect(told).toEqual([]);
    await expect(whileAway(fails, work)).rejects.toThrow("the call");
    expect(told).toEqual(["ended"]);
    await expect(whileAway(async (onStarted) => onStarted(), work)).rejects.toThrow("the work");
  });

  // An error that nobody has taken up yet would end the process, and the program with it.
  it("that fails while the program runs is told once the program has ended", async () => {
    const told: string[] = [];
    const call = async (onStarted: () => void) => {
      onStarted();
      for (let i = 0; i < 5; i++) await soon();
      told.push("found");
    };
    const work = () => Promise.reject(new Error("the work"));

    await expect(whileAway(call, work)).rejects.toThrow("the work");
    expect(told).toEqual(["found"]);
  });
});
