import { expect, it } from "vitest";
import { UnreadableDataError } from "@refit/core/errors";
import type { SourceTable } from "../../src/ports/tables.ts";
import { churnSpec } from "./support/churn.ts";
import { churnScene, openScene } from "./support/scene.ts";

/** A table that answers nothing any more, as after the memory for a question was too small. */
function spoilt(table: SourceTable): SourceTable {
  const fails = () => Promise.reject(new UnreadableDataError([]));
  const parts = Object.entries(table).map(([name, part]): [string, unknown] => [
    name,
    typeof part === "function" && name !== "close" ? fails : part,
  ]);
  return Object.fromEntries(parts) as unknown as SourceTable;
}

it("a model whose look failed leaves no table to the next one of its dataset", async () => {
  const scene = await churnScene();
  await scene.land({ "models/later/model.yaml": churnSpec });
  let opened = 0;
  const { repository } = scene;
  const failing = await openScene(repository, {
    adapt: (ports) => ({
      ...ports,
      tables: {
        async open(request) {
          const table = await ports.tables.open(request);
          return ++opened === 1 ? spoilt(table) : table;
        },
      },
    }),
  });

  const { stdout } = await failing.refit("plan", [], { json: true });

  const { models } = JSON.parse(stdout) as { models: { model: string; result: string }[] };
  expect(models.map(({ model, result }) => [model, result])).toEqual([
    ["churn", "failed"],
    ["later", "due"],
  ]);
});
