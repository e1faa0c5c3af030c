import { readFileSync } from "node:fs";
import path from "node:path";
import { inTurn, type Measured, words } from "./measure.ts";
import { modelRepository, type ModelRepository } from "./model-repository.ts";
import { spend } from "./spend.ts";
import { refitBin, reportUsage, usageOf } from "./workspace.ts";

/** Commits between two looks. */
const NEWS = 50;

/** Commands over all models with nothing to do, some commits after the last look, beside one `git log --raw` of their folder. */
export async function benchManyModels(counts: readonly number[]): Promise<Measured[]> {
  const rows: Measured[] = [];
  for (const models of counts) {
    const repository = modelRepository(models);
    try {
      rows.push(...(await rowsFor(repository, models)));
    } finally {
      repository.remove();
    }
  }
  return rows;
}

async function rowsFor(repository: ModelRepository, models: number): Promise<Measured[]> {
  const log = () => void repository.git(["log", "--first-parent", "--raw", "--format=%H", "main", "--", "models"]);
  const { first: floor } = inTurn(3, log, log);
  const rows: Measured[] = [];
  for (const command of ["status", "run", "doctor", "promote"]) {
    await take(repository, command);
    repository.moveOn(NEWS);
    await settle();
    const { wall, cpu, peakMiB } = await take(repository, command);
    rows.push({
      what: `\`refit ${command}\` of ${models.toLocaleString("en")} models with nothing to do, ${NEWS} commits after the last (CPU ${words(cpu)}, ${Math.round(peakMiB)} MiB), over one \`git log --raw\` of their folder`,
      refit: words(wall),
      against: words(floor),
      ratio: wall / floor,
      bar: "1 s for 1,000 models, linear to 5,000",
      runs: 1,
    });
  }
  return rows;
}

async function take(repository: ModelRepository, command: string) {
  const note = path.join(repository.root, "../usage");
  const env = { ...repository.env, BENCH_USAGE: note };
  const spending = await spend({ root: repository.root, env }, process.execPath, [reportUsage, refitBin, command]);
  const { peakMiB } = usageOf(readFileSync(note, "utf8").split("\n")[0]!);
  return { wall: spending.wall, cpu: spending.cpu, peakMiB };
}

/** refit does not trust what changed within the last two seconds. */
const settle = () => new Promise((done) => setTimeout(done, 2_500));
