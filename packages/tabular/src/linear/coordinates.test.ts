import { expect, it } from "vitest";
import { mixedRows, unit } from "../made-up.fixture.ts";
import { describeFeatures } from "../model-header.ts";
import { seededRandom } from "../random.ts";
import { coordinatesOf } from "./coordinates.ts";
import { layOut } from "./design.ts";

it("turns gradients by the transpose of what it does to points, for every output", () => {
  const { features } = mixedRows("binary", 300, 1);
  const design = layOut(describeFeatures(features), [0, 30, 0, 0], [1, 20, 0, 0]);
  const coordinates = coordinatesOf(design, features, new Float64Array(300).fill(1), 2);
  const random = seededRandom(1);
  const vector = (): Float64Array => Float64Array.from({ length: 2 * design.width }, () => unit(random) - 0.5);
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, entry, i) => sum + entry * b[i]!, 0);
  const [point, gradient] = [vector(), vector()];

  const turned = gradient.slice();
  coordinates.turn(turned);

  expect(dot(coordinates.coefficientsAt(point), gradient)).toBeCloseTo(dot(point, turned), 9);
});
