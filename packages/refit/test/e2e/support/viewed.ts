import path from "node:path";
import type { Materialized } from "../../../src/runs/materialize.ts";
import { preparedScene, type Scene } from "./scene.ts";
import { exampleScene } from "./shop.ts";

/** The example of docs/tables.md with its model live. */
export const liveExample = () =>
  preparedScene(
    "the example of docs/tables.md, live",
    async () => {
      const scene = await exampleScene();
      await scene.run();
      await scene.merge("squash");
      return scene;
    },
    "2025-09-01T00:00:00Z",
  );

/** @returns the file, absolute. */
export async function materialized(scene: Scene, flags = {}): Promise<string> {
  const { stdout } = await scene.refit("features", ["materialize", "customer_months"], { ...flags, json: true });
  return path.join(scene.root, "features", (JSON.parse(stdout) as Materialized).written!.file);
}
