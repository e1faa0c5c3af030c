import { TrainingLimitError } from "@refit/core/errors";
import { expect, it } from "vitest";
import { gbdtDefaults } from "../made-up.fixture.ts";
import { workbench } from "./workbench.ts";

it("says that there is no room before it takes any", () => {
  const features = { rows: 100_000_000, columns: [] };

  const open = () =>
    workbench(
      { train: { features, target: new Float64Array() }, further: features, outputs: 1 },
      gbdtDefaults,
      gbdtDefaults,
    );
  expect(open).toThrow(TrainingLimitError);
  expect(open).toThrow("not have enough memory for 100000000 rows of 0 columns");
});

it("has room for the shape of every column, however many", () => {
  const columns = Array.from({ length: 9_000 }, (_, i) => ({
    name: `c${i}`,
    kind: "numeric" as const,
    values: Float32Array.of(i, i + 1, i + 2),
  }));
  const features = { rows: 3, columns };

  const bench = workbench(
    { train: { features, target: new Float64Array(3) }, further: features, outputs: 1 },
    gbdtDefaults,
    gbdtDefaults,
  );

  expect(bench.columns).toHaveLength(9_000);
  expect(bench.usable).toHaveLength(9_000);
});
