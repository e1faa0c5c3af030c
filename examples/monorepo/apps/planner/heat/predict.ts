import { readFileSync, writeFileSync } from "node:fs";
import { features } from "../../../packages/weather-features/src/index.ts";
import { days, job } from "./job.ts";

const weights = JSON.parse(readFileSync(`${job.model}/weights.json`, "utf8")) as readonly number[];
const answers = days(job.rows).map((day) => features(day).reduce((sum, value, i) => sum + value * weights[i]!, 0));
writeFileSync(job.predictions, ["prediction", ...answers].join("\n"));
