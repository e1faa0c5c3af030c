// The share of the positive class by the value of one column, which `settings: { by: plan }` names. Needs `rows: csv`.
import { readFileSync, writeFileSync } from "node:fs";

const job = JSON.parse(readFileSync(process.env.REFIT_JOB, "utf8"));

/** Lines of a file whose values have neither quotes nor line breaks. */
function table(file) {
  const [header, ...rows] = readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));
  return { at: (name) => header.indexOf(name), rows };
}

if (job.step === "train") {
  const { at, rows } = table(job.train);
  const [by, target] = [at(job.settings.by), at(job.target.name)];
  const counts = {};
  for (const row of rows) {
    const count = (counts[row[by]] ??= { yes: 1, all: 2 });
    count.yes += Number(row[target] === String(job.target.classes[1]));
    count.all += 1;
  }
  writeFileSync(`${job.model}/counts.json`, JSON.stringify(counts));
} else {
  const counts = JSON.parse(readFileSync(`${job.model}/counts.json`, "utf8"));
  const { at, rows } = table(job.rows);
  const by = at(job.settings.by);
  const answers = rows.map((row) => {
    const { yes, all } = counts[row[by]] ?? { yes: 1, all: 2 };
    return yes / all;
  });
  writeFileSync(job.predictions, `${["prediction", ...answers].join("\n")}\n`);
}
