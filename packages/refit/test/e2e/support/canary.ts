import { championScene, month, type Scene, type SceneOptions } from "./scene.ts";

export const rollout = "models/churn/rollout.yaml";
export const canaryFolder = "models/churn/canary";
export const branch = "refit-canary--churn";

/** A share of 5, 25 and 50 percent. */
export const withCanary = { canary: {} };

/** The scene with a champion, and a version that starts as a canary proposed on `refit--churn`. */
export async function startProposed({ spec = {}, ...more }: SceneOptions = {}): Promise<Scene> {
  const scene = await championScene({ spec: { ...withCanary, ...spec }, ...more }, "squash");
  scene.at("2026-06-05T00:00:00Z");
  await scene.land(month(3));
  await scene.run();
  return scene;
}

/** The same with the canary on main. */
export async function canaryRuns(options: SceneOptions = {}, how: "merge" | "squash" | "rebase" = "squash") {
  const scene = await startProposed(options);
  await scene.merge(how);
  return scene;
}

/** Asks for a move and merges it. */
export async function moved(
  scene: Scene,
  move: "step" | "promote" | "stop",
  how: "merge" | "squash" | "rebase" = "squash",
): Promise<void> {
  await scene.refit("canary", ["churn"], { [move]: true });
  await scene.merge(how, branch);
}

/** What main has: trees of both folders and the share, `-` where there is none. */
export async function liveState(scene: Scene, commit = "main"): Promise<string> {
  const tree = async (folder: string) =>
    (await scene.git("ls-tree", "-d", "--format=%(objectname)", commit, folder)).slice(0, 7) || "-";
  const text = await scene.git("show", `${commit}:${rollout}`).catch(() => "");
  const percent = /^percent: (.*)$/m.exec(text)?.[1] ?? "-";
  return [await tree("models/churn/champion"), await tree(canaryFolder), percent].join(" ");
}
