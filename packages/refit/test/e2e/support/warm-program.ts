import { program, programCandidate } from "./program.ts";

/** The program of `program.ts`, which adds its counts to half of those of the model that it goes on from. */
export const warmProgram = {
  ...program,
  "model/train.js": `${program["model/train.js"]}
const own = JSON.parse(fs.readFileSync(job.model + "/shares.json", "utf8"));
const before = job.champion && JSON.parse(fs.readFileSync(job.champion + "/shares.json", "utf8"));
for (const [key, [yes, all]] of Object.entries(before ? before.counts : {})) {
  const count = (own.counts[key] ??= [1, 2]);
  count[0] += yes / 2;
  count[1] += all / 2;
}
fs.writeFileSync(job.model + "/shares.json", JSON.stringify({ ...own, trainings: before ? before.trainings + 1 : 1 }));
`,
};

export const warmCandidate = { ...programCandidate, start: "warm" };
