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

/** What becomes of two models of one dataset where the first table that is opened is spoilt. */
async function endsOf(command: "plan" | "run", spec: object): Promise<readonly (readonly [string, string])[]> {
  const scene = await churnScene({ spec });
  await scene.land({ "models/later/model.yaml": { ...churnSpec, ...spec } });
  let opened = 0;
  const failing = await openScene(scene.repository, {
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
  const told = JSON.parse((await failing.refit(command, [], { json: true })).stdout) as Told;
  const results = "models" in told ? told.models : told;
  return results.map(({ model, result, decision, heldBack }) => [model, heldBack?.kind ?? result ?? decision!]);
}

type Ended = {
  readonly model: string;
  readonly result?: string;
  readonly decision?: string;
  readonly heldBack?: { readonly kind: string };
};
type Told = readonly Ended[] | { readonly models: readonly Ended[] };

const linear = { candidates: [{ learner: "linear" }] };
const together = { ...linear, proposalGroup: "shop" };

it.each([
  ["planned", "plan", linear, "due"],
  ["run", "run", linear, "proposed"],
  ["planned together", "plan", together, "group-held"],
  ["run together", "run", together, "group-held"],
] as const)("of two models that are %s, one whose look failed leaves no table to the other", async (...each) => {
  const [, command, spec, end] = each;

  expect(await endsOf(command, spec)).toEqual([
    ["churn", "failed"],
    ["later", end],
  ]);
});
