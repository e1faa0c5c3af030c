import { expect, it } from "vitest";
import { race, type RaceFigures } from "./support/race.ts";

/** `REFIT_RACE_ROUNDS=100` for the whole of it; another `REFIT_RACE_SEED` has people do other things. */
const rounds = Number(process.env["REFIT_RACE_ROUNDS"] ?? 2);
const seed = Number(process.env["REFIT_RACE_SEED"] ?? 1);

const tell = (round: number, figures: RaceFigures) =>
  void process.stderr.write(`round ${round}: ${JSON.stringify(figures)}\n`);

it(
  "two clones and workflow runs at once lose nothing, overwrite nothing and end well",
  { timeout: 200_000 * rounds },
  async () => {
    const figures = await race(rounds, seed, rounds > 2 ? tell : undefined);

    expect(figures.problems).toEqual([]);
    expect(figures.moved).toBeGreaterThan(rounds);
  },
);
