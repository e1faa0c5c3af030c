import { rm } from "node:fs/promises";
import path from "node:path";
import { createRepository } from "@refit/testkit";
import { objectBucket, startWebServer } from "@refit/testkit/web";
import { expect, it, onTestFinished } from "vitest";
import type { Outcome } from "../../src/products/outcome.ts";
import { generator } from "./support/churn.ts";
import { openScene } from "./support/scene.ts";

/** Counts good words. */
const program = `
const { readFileSync, writeFileSync } = require("node:fs");
const job = JSON.parse(readFileSync(process.env.REFIT_JOB, "utf8"));
const share = (path) => readFileSync(path, "utf8").split(" ").filter((word) => word === "good").length / 9;
if (job.step === "train") writeFileSync(job.model + "/model.json", "{}");
else {
  const [header, ...rows] = readFileSync(job.rows, "utf8").trimEnd().split("\\n");
  const answers = rows.map((row) => share(row.split(",")[header.split(",").indexOf("letter")]));
  writeFileSync(job.predictions, ["prediction", ...answers].join("\\n") + "\\n");
}
`;

const isListing = (request: { readonly path: string }) => request.path.includes("list-type=2");

/** Letters in a bucket, and the table that names them. */
function letters(): Map<string, string> {
  const random = generator(7);
  const objects = new Map<string, string>();
  const lines = ["letter,pages,pleased"];
  for (let i = 0; i < 160; i++) {
    const pleased = random() < 0.5;
    const words = Array.from({ length: 9 }, () => (random() < (pleased ? 0.7 : 0.3) ? "good" : "bad"));
    objects.set(`mood/letters/${i}.txt`, words.join(" "));
    lines.push(`letters/${i}.txt,${1 + Math.floor(random() * 3)},${pleased ? "yes" : "no"}`);
  }
  return objects.set("mood/rows.csv", `${lines.join("\n")}\n`);
}

it("learns from files in a bucket, and tells by two listings that nothing has changed", async () => {
  const repository = await createRepository({ remote: false });
  onTestFinished(() => repository.dispose());
  const objects = letters();
  const server = await startWebServer(objectBucket("acme", objects));
  onTestFinished(() => server.close());
  const scene = await openScene(repository);
  const run = async () => (JSON.parse((await scene.refit("run", ["mood"], { json: true })).stdout) as Outcome[])[0]!;
  const sources = [{ path: "s3://acme/mood/*.csv", endpoint: server.origin, allowPrivate: true }];
  const fields = [
    { name: "letter", type: "file" },
    { name: "pages", type: "integer" },
    { name: "pleased", type: "string" },
  ];
  const code = ["mood.cjs"];
  const argv = [process.execPath, ...code];
  await scene.land({
    "mood.cjs": program,
    "data-manifests/mood.yaml": { sources, schema: { fields, primaryKey: "letter" } },
    "models/mood/model.yaml": {
      task: "binary",
      data: "mood",
      target: "pleased",
      candidates: [{ learner: "command", train: argv, predict: argv, code, rows: "csv", reproducible: true }],
      holdout: { fraction: 0.3, minRows: 20 },
      metrics: { primary: "rocAuc" },
      gates: [{ metric: "rocAuc", min: 0.6 }],
      retrain: { minNewRows: 50, drift: false, cooldownHours: 24 },
    },
    ".gitattributes": "models/*/champion/** -text -merge\n",
  });

  expect(await run()).toMatchObject({ decision: "proposed" });
  await scene.merge("squash", "refit--mood");
  server.requests.length = 0;
  expect(await run()).toMatchObject({ decision: "skipped" });
  expect(server.requests.map(isListing)).toEqual([true, true]);

  objects.set("mood/letters/5.txt", "good good good");
  server.requests.length = 0;
  expect(await run()).toMatchObject({ decision: "skipped" });
  const fetched = server.requests.filter((request) => !isListing(request));
  expect(fetched).toMatchObject([{ path: "/acme/mood/letters/5.txt" }]);

  const reproduced = async () =>
    JSON.parse((await scene.refit("reproduce", ["mood"], { json: true })).stdout) as { result: string };
  expect(await reproduced()).toMatchObject({ result: "same" });
  await rm(path.join(scene.root, ".git", "refit"), { recursive: true });
  expect(await reproduced()).toMatchObject({ result: "impossible", because: [{ kind: "data-changed" }] });
});
