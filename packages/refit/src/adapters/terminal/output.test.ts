import { describe, expect, it } from "vitest";
import { terminalOutput } from "./output.ts";

function terminal({ isTTY = false, columns = 60 } = {}) {
  let written = "";
  const stream = { isTTY, columns, write: (text: string) => (written += text) !== "" };
  return { ...terminalOutput(false, { stderr: stream, stdout: stream }), written: () => written };
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
