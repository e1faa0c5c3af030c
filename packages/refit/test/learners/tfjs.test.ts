import { fillSettings, tfjsDescriptor, type FitRequest } from "@refit/core/runtime";
import { describe, expect, it } from "vitest";
import { madeUpRows } from "../../../../tools/testkit/src/conformance/made-up-rows.ts";
import { installedLearners } from "../../src/adapters/learners/index.ts";

/** Networks in their process. What a network may do wrong besides is in packages/tfjs/test/own-network.test.ts. */
const learner = await installedLearners({ env: { PATH: process.env["PATH"] }, onLine: () => {} }).get("tfjs");

function requestWith(build: string): FitRequest<unknown> {
  const code = new Map([["network.js", new TextEncoder().encode(`export async function build() { ${build} }`)]]);
  return {
    task: "binary",
    classes: 2,
    settings: fillSettings(tfjsDescriptor, { code: ["network.js"], epochs: 1 }),
    seed: 7,
    train: madeUpRows("binary", 40, 1),
    validation: madeUpRows("binary", 20, 2),
    program: { target: { name: "y", task: "binary", classes: null }, code },
  };
}

describe("a network's process", () => {
  it.each<[what: string, build: string, error: object]>([
    [
      "waits for ever",
      "await new Promise(() => {});",
      { code: "network-invalid", message: "network.js waits for something that never happens." },
    ],
    [
      "ends itself",
      "process.exit(0);",
      { code: "command-failed", message: "`train` of the learner tfjs ended without an answer (exit-code)." },
    ],
    [
      "answers by itself",
      `const { writeFileSync } = await import("node:fs"); const { serialize } = await import("node:v8");
       writeFileSync(process.argv[3], serialize({ files: "none" })); process.exit(0);`,
      { code: "command-failed", outcome: "exit-code" },
    ],
    ["is killed", `process.kill(process.pid, "SIGKILL");`, { code: "command-failed", outcome: "ended-by-signal" }],
  ])("that %s is named, and leaves nothing running", async (_what, build, error) => {
    await expect(learner.fit(requestWith(build))).rejects.toMatchObject(error);
  });

  it("starts after what it waits for, and says when it runs", async () => {
    const order: string[] = [];
    const after = new Promise<void>((resolve) => setTimeout(() => resolve(void order.push("waited for")), 50));

    const ended = learner.fit({ ...requestWith("process.exit(0);"), after, onStarted: () => order.push("runs") });

    await expect(ended).rejects.toMatchObject({ code: "command-failed" });
    expect(order).toEqual(["waited for", "runs"]);
  });

  it("is asked before a run whether it can compute where it shall", async () => {
    const settings = (backend: string) => fillSettings(tfjsDescriptor, { backend });

    await learner.check!(settings("wasm"), new Map());
    await expect(learner.check!(settings("node"), new Map())).rejects.toMatchObject({
      code: "learner-missing",
      message: 'The learner "tfjs" cannot use `backend: node`: @tensorflow/tfjs-node is not installed.',
    });
  });
});
