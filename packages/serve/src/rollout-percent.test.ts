import { expect, it } from "vitest";
import { rolloutPercent } from "./rollout-percent.ts";

const text =
  "percent: 5\nsteps: [5, 25, 50]\nminLabels: 200\nmaxDays: 28\nmargin: 0.01\noutcome: independent\nloss: brier\n";

it.each<[why: string, text: string, percent: number | null]>([
  ["as refit writes it", text, 5],
  ["of Windows, with remarks", `# ours\r\n\r\n${text.replaceAll("\n", "\r\n")}`, 5],
  ["a shadow", text.replace("5", "0"), 0],
  ["below one", text.replace("5", "0.5 # a little"), 0.5],
  ["the largest", text.replace("5", "99"), 99],
  ["all, which is a promotion", text.replace("5", "100"), null],
  ["no number", text.replace("5", "a lot"), null],
  ["a number of another form", text.replace("5", "5e1"), null],
  ["below nothing", text.replace("5", "-5"), null],
  ["a text", text.replace("5", '"5"'), null],
  ["nothing", "", null],
  ["no percent", text.replace("percent: 5\n", ""), null],
  ["twice", `${text}percent: 50\n`, null],
  ["below another key", text.replace("percent: 5", "canary:\n  percent: 50"), null],
  ["in another style", "{ percent: 50 }\n", null],
  ["half of a conflict", `<<<<<<< HEAD\n${text}=======\n${text.replace("5", "50")}>>>>>>> main\n`, null],
])("percent of rollout.yaml: %s", (_why, written, percent) => {
  expect(rolloutPercent(written)).toBe(percent);
});
