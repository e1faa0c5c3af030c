import { describe, expect, it } from "vitest";
import { minimise } from "./lbfgs.ts";

const never = (): void => {};

describe("minimise", () => {
  it("finds the minimum of a quadratic whose axes differ a thousandfold", () => {
    const { point, value } = minimise(
      (at, gradient) => {
        const [x, y] = [at[0]! - 3, at[1]! + 2];
        gradient.set([x, 1000 * y]);
        return (x * x + 1000 * y * y) / 2;
      },
      Float64Array.of(0, 0),
      100,
      never,
    );

    expect(point[0]).toBeCloseTo(3, 6);
    expect(point[1]).toBeCloseTo(-2, 6);
    expect(value).toBeLessThan(1e-12);
  });

  it("steps back from where the function is infinite", () => {
    const { point } = minimise(
      (at, gradient) => {
        gradient[0] = 1 - 0.01 / at[0]!;
        return at[0]! > 0 ? at[0]! - 0.01 * Math.log(at[0]!) : Infinity;
      },
      Float64Array.of(1),
      100,
      never,
    );

    expect(point[0]).toBeCloseTo(0.01, 6);
  });

  it("counts its iterations and stops after the last it may do", () => {
    const seen: number[] = [];

    minimise(
      (at, gradient) => {
        gradient[0] = Math.tanh(at[0]! - 50);
        return Math.log(Math.cosh(at[0]! - 50));
      },
      Float64Array.of(0),
      3,
      (done) => seen.push(done),
    );

    expect(seen).toEqual([1, 2, 3]);
  });

  it("stays where it starts when that is the minimum, or when the value there is not finite", () => {
    const flat = minimise(() => 0, Float64Array.of(4), 10, never);
    const broken = minimise(() => NaN, Float64Array.of(4), 10, never);

    expect(flat.point).toEqual(Float64Array.of(4));
    expect(broken).toMatchObject({ point: Float64Array.of(4), value: NaN });
  });
});
