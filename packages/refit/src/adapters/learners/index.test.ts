import { describe, expect, it } from "vitest";
import { installedLearners } from "./index.ts";

describe("the installed learners", () => {
  it.each(
    installedLearners({ env: {}, onLine: () => {} }).installed.map(
      (descriptor) => [descriptor.name, descriptor] as const,
    ),
  )("%s is what its descriptor says", async (name, descriptor) => {
    expect(await installedLearners({ env: {}, onLine: () => {} }).get(name)).toMatchObject(descriptor);
  });

  it("are named where another one is asked for", async () => {
    await expect(installedLearners({ env: {}, onLine: () => {} }).get("catboost")).rejects.toMatchObject({
      code: "learner-missing",
      hint: expect.stringContaining("(gbdt, linear, auto, command, onnx, tfjs)"),
    });
  });
});
