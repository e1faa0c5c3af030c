import { expect } from "vitest";
import { read } from "../../../src/rooms/read.ts";
import { withPrepared } from "../../../src/rooms/prepare.ts";
import { takeSnapshot } from "../../../src/rooms/snapshot.ts";
import { loadApplied, predictionsOf } from "../../../src/scoring/scored-version.ts";
import type { Scene } from "./scene.ts";

/** What the champion answers to the rows of the holdout, as a comparison asks it, by customer and time. */
export async function evaluated(scene: Scene): Promise<ReadonlyMap<string, number>> {
  const ports = await scene.ports();
  const repository = await ports.git.locate();
  const context = await read(ports, repository, { model: "churn", force: null, dryRun: false });
  const snapshot = await takeSnapshot(ports, context);
  return withPrepared(ports, context, snapshot, {
    broken: () => expect.fail("broken"),
    async prepared({ split: { holdout }, table, read: column, times }) {
      const version = await loadApplied(ports, context, { table, read: column }, context.champion!);
      const answers = (await predictionsOf(version, holdout))!;
      const names = await table.column("customer");
      if (names.kind !== "text") throw new Error("a text");
      const nameOf = (row: number) =>
        rowName(names.dictionary[names.codes[row]!], new Date(times![row]!).toISOString());
      return new Map([...holdout].map((row, i) => [nameOf(row), answers[i]!]));
    },
  });
}

export const rowName = (customer: unknown, time: unknown) => `${String(customer)} ${String(time).slice(0, 10)}`;
