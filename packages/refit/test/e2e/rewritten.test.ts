import { rm } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { churnCsv } from "./support/churn.ts";
import { churnScene, proposedScene, type Scene } from "./support/scene.ts";

const file = "data/churn/2026-01.csv";
/** Rows of a file without its header. */
const rowsOf = (csv: string) => csv.trimEnd().split("\n").slice(1);
const january = rowsOf(churnCsv({ rows: 300, from: "2026-01-01", seed: 1 }));
const march = rowsOf(churnCsv({ rows: 300, from: "2026-03-01", seed: 3 }));
const csv = (...parts: (readonly string[])[]) =>
  `${["customer,day,plan,hours,complaints,left", ...parts.flat()].join("\n")}\n`;

/** As on another machine. */
const forget = (scene: Scene) => rm(path.join(scene.root, ".git/refit"), { recursive: true, force: true });

describe("a file that was written again, on a machine that has nothing of before", () => {
  it("is compared with what git has, also since a candidate that came to nothing", async () => {
    const scene = await proposedScene({ spec: { retrain: { minNewRows: 100, drift: false, cooldownHours: 0 } } });
    await scene.refit("reject", ["churn"], { reason: "not now" });
    await forget(scene);
    scene.at("2026-06-05T00:00:00Z");
    await scene.land({ [file]: csv(january.slice(120), march.slice(0, 120)) });

    expect(await scene.run({ "dry-run": true })).toMatchObject({
      reasons: [{ kind: "new-rows", newRows: 120, minNewRows: 100 }],
    });
  });

  it("is told not to be counted where nobody has the earlier bytes, and what was assumed", async () => {
    const outside = async () => {
      const scene = await churnScene({ spec: { retrain: { minNewRows: 100, drift: false, cooldownHours: 0 } } });
      await scene.git("rm", "--quiet", "--cached", file);
      await scene.land({ ".gitignore": `/${file}\n` });
      await scene.run();
      await scene.merge();
      await forget(scene);
      return scene;
    };
    const scene = await outside();
    await scene.write(file, csv(january.slice(20), march.slice(0, 20)));
    scene.at("2026-06-05T00:00:00Z");
    const { stdout, notices } = await scene.refit("run", ["churn"], { json: true });

    expect(JSON.parse(stdout)).toMatchObject([{ decision: "skipped" }]);
    const untold =
      /^It is not known which rows of "data\/churn\/2026-01\.csv" are new: the 300 earlier rows .* \(git does not track it/;
    expect(notices).toContainEqual(expect.stringMatching(untold));
    expect(notices).toContainEqual(
      expect.stringContaining("Assumed to be new: 20 of 300 rows, those that are later than all earlier rows"),
    );
    expect((await scene.refit("drift", ["churn"])).stdout).toMatch(
      /warning rows-uncounted: It is not known which rows/,
    );

    await forget(scene);
    await scene.write(file, csv(january.slice(150), march.slice(0, 150)));
    const report = JSON.stringify(await scene.run({ "dry-run": true }));
    expect(report).toContain("it is not known which rows are new since the champion; 150 are assumed to be");
    expect(report).toContain("150 rows are assumed to be new (it is not known which; minNewRows: 100)");
    expect(report).not.toContain("150 new rows arrived");
  });
});
