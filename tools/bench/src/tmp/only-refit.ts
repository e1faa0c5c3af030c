import { costsOf, refit } from "../serve.ts";
import { writeModel } from "../serve/made-model.ts";
import { mkdirSync, existsSync } from "node:fs";
const folder = "/tmp/sp/model";
if (!existsSync(folder)) {
  mkdirSync(folder);
  await writeModel(folder);
}
for (let i = 0; i < Number(process.argv[2] ?? 1); i++) {
  const costs = await costsOf(refit, folder);
  for (const [what, cost] of costs)
    console.log(
      what.padEnd(40),
      what.startsWith("one row") ? cost.toFixed(3) + " ms/us" : (1 / cost / 1000).toFixed(1) + " k rows/CPU s",
    );
}
