import type { Ports } from "../../ports/index.ts";
import { birdstrikesStory } from "./birdstrikes-story.ts";
import { demoScene, type DemoLine } from "./demo-scene.ts";

/** What the demo leaves. */
export interface DemoResult {
  /** Absolute. */
  readonly folder: string;
  /** Of the versions that were live, oldest first. */
  readonly versions: readonly { readonly number: number }[];
}

/** Tells the story in short, in a folder that does not exist yet or is empty. */
export async function playDemo(
  { demo }: Pick<Ports, "demo">,
  folder: string,
  tell: (line: DemoLine) => void,
): Promise<DemoResult> {
  const [material, repository] = await Promise.all([demo.material(), demo.open(folder)]);
  const scene = demoScene(repository, tell);
  const story = birdstrikesStory(scene, material);
  scene.say(
    "It is January 1994. A repository has four years of reports on bird strikes, a data manifest, and a model.yaml that asks: did the strike damage the aircraft? There is no model yet.",
  );
  await story.begin();
  await scene.git(["ls-files"]).then((files) => scene.show(files));
  await story.firstModel();
  await story.quietNight();
  await story.brokenFeed(1994);
  await story.newYear(1994);
  await story.rollBack(1994);
  const { versions } = await scene.json<Pick<DemoResult, "versions">>("log", "birdstrikes");
  return { folder, versions: versions.map(({ number }) => ({ number })) };
}
