import { describe, expect, it } from "vitest";
import { terminalOutput } from "./output.ts";

function terminal({ isTTY = false, columns = 60, env = {} } = {}) {
  let written = "";
  const stream = { isTTY, columns, write: (text: string) => (written += text) !== "" };
  return { ...terminalOutput(false, { stderr: stream, stdout: stream, env }), written: () => written };
}

/** Two models that say something in turn. */
async function twoModels({ out, naming }: Pick<ReturnType<typeof terminal>, "out" | "naming">): Promise<void> {
  const step = () => new Promise((resolve) => setTimeout(resolve, 1));
  const talk = async () => {
    out.progress("Training", 0.25);
    await step();
    out.progress("Training", 0.3);
    await step();
    out.notice("Look here.");
  };
  await Promise.all([naming.about("churn", talk), naming.about("eu/fraud", talk)]);
}

describe("the width of results", () => {
  it.each<[where: string, place: Parameters<typeof terminal>[0], width: number | undefined]>([
    ["a terminal", { isTTY: true, env: { COLUMNS: "40" } }, 60],
    ["a pipe", {}, undefined],
    ["a pipe for which somebody asked", { env: { COLUMNS: "40" } }, 40],
    ["a pipe, and nothing that is a width", { env: { COLUMNS: "wide" } }, undefined],
    ["a pipe, and no width at all", { env: { COLUMNS: "0" } }, undefined],
  ])("in %s", (_where, place, width) => {
    expect(terminal(place).out.width).toBe(width);
  });
});

describe("what a run of several models says", () => {
  it("names the model in each line, and a stage once for each model", async () => {
    const one = terminal();
    await twoModels(one);
    one.out.notice("All done.");

    expect(one.written().split("\n")).toEqual([
      "churn: Training 25 %",
      "eu/fraud: Training 25 %",
      "note: churn: Look here.",
      "note: eu/fraud: Look here.",
      "note: All done.",
      "",
    ]);
  });

  it("is one line on a terminal, with the models that are in work, and never longer than it", async () => {
    const wide = terminal({ isTTY: true });
    await twoModels(wide);
    const narrow = terminal({ isTTY: true, columns: 20 });
    await twoModels(narrow);

    expect(wide.written()).toContain("\r\u001B[Kchurn: Training 30 % · eu/fraud: Training 25 %");
    expect(narrow.written()).toContain("\r\u001B[Kchurn: Training 25…");
    expect(
      narrow
        .written()
        .split("\r\u001B[K")
        .filter((line) => !line.includes("\n"))
        .every((line) => line.length < 20),
    ).toBe(true);
  });

  it("says in a log once for each model that a stage begins", async () => {
    const { out, naming, written } = terminal();
    const check = async () => {
      for (const stage of ["Reading data", "Profiling", "Reading data", "Profiling"]) {
        out.progress(stage, stage === "Profiling" ? 0 : undefined);
        if (stage === "Profiling") out.progress(stage, 0.5);
      }
    };
    for (const model of ["churn", "fraud", "churn"]) await naming.about(model, check);

    const lines = (model: string) =>
      ["Reading data", "Profiling 0 %", "Profiling 50 %", "Profiling 50 %"].map((line) => `${model}: ${line}`);
    expect(written().trimEnd().split("\n")).toEqual(["churn", "fraud", "churn"].flatMap(lines));
  });

  it("has a bar where one model is in work, or none is named", () => {
    const one = terminal({ isTTY: true });
    one.out.progress("Training", 0.5);

    expect(one.written()).toBe(`\r\u001B[KTraining ${"█".repeat(10)}${"░".repeat(10)} 50 %`);
  });

  it("names a model that is alone in the bar, and nowhere else", async () => {
    const [bar, log] = [terminal({ isTTY: true }), terminal()];
    for (const { out, naming } of [bar, log]) {
      await naming.alone("churn", async () => {
        out.progress("Training", 0.5);
        out.notice("Look here.");
      });
    }

    expect(bar.written()).toBe(
      `\r\u001B[Kchurn: Training ${"█".repeat(10)}${"░".repeat(10)} 50 %\r\u001B[Knote: Look here.\n`,
    );
    expect(log.written()).toBe("Training 50 %\nnote: Look here.\n");
  });
});
