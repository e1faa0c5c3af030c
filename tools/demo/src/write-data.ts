import { mkdirSync, writeFileSync } from "node:fs";
import { birdstrikesByYear } from "./birdstrikes.ts";

// The data of this repository's own model come from a package, so they are not tracked; `npm run data` writes them.
mkdirSync("data/birdstrikes", { recursive: true });
for (const [year, text] of birdstrikesByYear()) writeFileSync(`data/birdstrikes/${year}.csv`, text);
