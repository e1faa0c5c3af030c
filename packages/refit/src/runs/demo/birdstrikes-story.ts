import type { DemoMaterial } from "../../ports/demo-stage.ts";
import { brokenReports, reportsIn } from "./broken-reports.ts";
import type { DemoScene } from "./demo-scene.ts";

const model = "birdstrikes";
const branch = `refit--${model}`;
const spec = `models/${model}/model.yaml`;

/** How a person merges; each way keeps the tree, and the tree is the version. */
export type DemoMerge = "merge" | "squash" | "fast-forward";

/** Acts of the story that `refit demo` tells in short and `npm run demo` at length. Each checks that it came true. */
export interface BirdstrikesStory {
  /** The repository before refit has done anything: reports of 1990 to 1993, a manifest and a spec. */
  begin(): Promise<void>;
  showLeak(): Promise<void>;
  firstModel(): Promise<void>;
  quietNight(): Promise<void>;
  brokenFeed(year: number): Promise<void>;
  newYear(year: number, how?: DemoMerge): Promise<void>;
  rollBack(year: number): Promise<void>;
}

export function birdstrikesStory(
  scene: DemoScene,
  { manifest, spec: specText, years }: DemoMaterial,
): BirdstrikesStory {
  const arrive = async (year: number, reports: string, at: string) => {
    await scene.write(`data/${model}/${year}.csv`, reports);
    scene.at(at);
    await scene.commit(`Add the reports of ${year}`);
  };
  return {
    async begin() {
      await scene.write(`data-manifests/${model}.yaml`, manifest);
      await scene.write(spec, specText);
      await scene.write(".gitattributes", "models/**/champion/** -text -merge\ndata/** -text\n");
      for (let year = 1990; year <= 1993; year++) await scene.write(`data/${model}/${year}.csv`, years.get(year)!);
      scene.at("1994-01-03T09:00:00Z");
      await scene.commit("Add the reports of 1990 to 1993, and what to predict from them");
    },
    showLeak: () => showLeak(scene, specText),
    firstModel: () => firstModel(scene),
    async quietNight() {
      scene.say("The next night nothing is new.");
      scene.at("1994-01-05T03:00:00Z");
      const said = await scene.refit("run", model);
      expect(said.includes("nothing has changed since the champion was trained"), "the quiet run says why it skips");
    },
    async brokenFeed(year) {
      scene.say(
        `The reports of ${year} arrive broken: wildlife sizes are missing, and speeds are a thousand times too large.`,
      );
      await arrive(year, brokenReports(years.get(year)!), `${year + 1}-01-02T09:00:00Z`);
      scene.at(`${year + 1}-01-02T10:00:00Z`);
      const said = await scene.refit("run", model);
      expect(said.startsWith(`${model}: blocked`), "broken data block");
      expect(/null-jump.*"wildlife_size"/.test(said), "the missing sizes are found");
      expect(/unit-change.*"speed"/.test(said), "the change of unit is found");
      scene.say("The feed is repaired.");
    },
    async newYear(year, how = "fast-forward") {
      scene.say(`The reports of ${year} arrive (${reportsIn(years.get(year)!)} rows).`);
      await arrive(year, years.get(year)!, `${year + 1}-01-03T09:00:00Z`);
      await newModel(scene, year, how);
    },
    rollBack: (year) => rollBack(scene, year),
  };
}

async function firstModel(scene: DemoScene): Promise<void> {
  scene.say("At night refit runs for the first time.");
  scene.at("1994-01-04T03:00:00Z");
  expect((await decisionOf(scene)) === "proposed", "the first model is proposed");
  scene.say("A person reads the report and merges the branch. That is the promotion, and nothing else is.");
  await merge(scene, "1994-01-04T10:00:00Z", "fast-forward");
  await scene.refit("log", model);
}

/** The repair costs are known only after the damage: left in, refit names them. */
async function showLeak(scene: DemoScene, specText: string): Promise<void> {
  scene.say("What if the cost columns were left in? (a dry run on the work tree; nothing is written)");
  await scene.write(spec, specText.replace(/^features:.*$/m, "features: {}"));
  const [outcome] = await scene.json<
    { evidence: { evaluation: { findings: { severity: string; code: string; message: string }[] } } }[]
  >("run", model, "--dry-run");
  const found = outcome!.evidence.evaluation.findings.filter(({ code }) => code.startsWith("leak-"));
  for (const { severity, code, message } of found) scene.show(`${severity} ${code}: ${message}`);
  expect(
    found.some(({ message }) => message.includes("cost")),
    "the leakage check names a cost column",
  );
  await scene.write(spec, specText);
}

async function newModel(scene: DemoScene, year: number, how: DemoMerge): Promise<void> {
  scene.at(`${year + 1}-01-04T03:00:00Z`);
  const decision = await decisionOf(scene);
  if (decision === "rejected") return scene.say("A gate failed: the champion stays, and nobody has to act.");
  const weak = decision === "inconclusive";
  expect(weak || decision === "proposed", `${year} ends in a proposal, not in ${decision}`);
  scene.say(
    weak
      ? "The evidence is too weak for refit; the reviewer prefers fresh data and merges it."
      : "The reviewer merges it.",
  );
  await merge(scene, `${year + 1}-01-04T10:00:00Z`, how);
}

async function rollBack(scene: DemoScene, year: number): Promise<void> {
  scene.say("Two days later the team wants the earlier model back. A person reverts the merge, with plain git.");
  scene.at(`${year + 1}-01-06T09:00:00Z`);
  const parents = (await scene.ask("rev-list", "--parents", "-n", "1", "HEAD")).split(" ").length - 1;
  await scene.git(["revert", "--no-edit", ...(parents > 1 ? ["-m", "1"] : []), "HEAD"]);
  await scene.refit("log", model);
  const log = await scene.json<{ events: { kind: string }[] }>("log", model);
  expect(log.events.at(-1)?.kind === "rollback", "the log shows the rollback");

  scene.say("The next nights do not propose the same model again.");
  scene.at(`${year + 1}-01-08T03:00:00Z`);
  const said = await scene.refit("run", model);
  expect(/suppressed.*rolled back/.test(said), "the rolled-back model is not proposed again");
}

/** @returns the word after the model's name. */
async function decisionOf(scene: DemoScene): Promise<string> {
  return /^\S+: (\w+)/.exec(await scene.refit("run", model))![1]!;
}

async function merge(scene: DemoScene, at: string, how: DemoMerge): Promise<void> {
  scene.at(at);
  if (how === "merge") await scene.git(["merge", "--no-ff", "--no-edit", branch]);
  else if (how === "fast-forward") await scene.git(["merge", branch]);
  else {
    await scene.git(["merge", "--squash", branch]);
    await scene.git(["commit", "--message", "A new model"], 'commit --message "A new model"');
  }
}

/** The story is true, or it ends. */
export function expect(holds: boolean, what: string): void {
  if (!holds) throw new Error(`The demo's story does not hold: expected that ${what}.`);
}
