/** A program in Node: the share of the positive class by number of complaints, counted with what the seed adds. */
export const program = {
  "model/train.js": `const fs = require("node:fs");
const { table, job } = require("./rows.js");
const { header, rows } = table(job.train);
const [x, y] = [header.indexOf("complaints"), header.indexOf(job.target.name)];
const counts = {};
for (const row of rows) {
  const count = (counts[row[x]] ??= [1, 2]);
  count[0] += Number(row[y] === String(job.target.classes[1]));
  count[1]++;
}
const noise = process.env.NOISE === "1" || job.settings.noise === true ? { at: process.hrtime.bigint().toString() } : {};
fs.writeFileSync(job.model + "/shares.json", JSON.stringify({ counts, seed: job.seed, ...noise }));
console.log("counted", rows.length);
`,
  "model/predict.js": `const fs = require("node:fs");
const { table, job } = require("./rows.js");
const { header, rows } = table(job.rows);
if (header.includes(job.target.name)) throw new Error("labels!");
const { counts } = JSON.parse(fs.readFileSync(job.model + "/shares.json", "utf8"));
const x = header.indexOf("complaints");
const answers = rows.map((row) => { const [yes, all] = counts[row[x]] ?? [1, 2]; return yes / all; });
fs.writeFileSync(job.predictions, ["prediction", ...answers].join("\\n") + "\\n");
`,
  "model/rows.js": `const fs = require("node:fs");
exports.job = JSON.parse(fs.readFileSync(process.env.REFIT_JOB, "utf8"));
exports.table = (file) => {
  const [header, ...rows] = fs.readFileSync(file, "utf8").trimEnd().split("\\n").map((line) => line.split(","));
  return { header, rows };
};
`,
};

export const programCandidate = {
  learner: "command",
  train: [process.execPath, "model/train.js"],
  predict: [process.execPath, "model/predict.js"],
  code: Object.keys(program),
  rows: "csv",
};
