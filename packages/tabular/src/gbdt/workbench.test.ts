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
  expect(open).toThrow("no room for 100000000 rows of 0 columns");
});
