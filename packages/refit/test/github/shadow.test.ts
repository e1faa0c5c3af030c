import path from "node:path";
import { expect, it } from "vitest";
import { month } from "../e2e/support/scene.ts";
import { askedRows, logAnswers, servedVersion } from "../e2e/support/logged.ts";
import { hubScene } from "./support/hub-scene.ts";
import { shownBy } from "./support/hub-world.ts";

it("refit shadow in a workflow puts its section into the comment of the pull request once, until there is another version", async () => {
  const { hub, scene, run, refit, pull } = await hubScene();
  await run();
  await hub.person.merge(1);
  await pull();
  scene.at("2026-06-03T00:00:00Z");
  await scene.land(month(3));
  await run();
  await logAnswers(scene, await servedVersion(scene, "main"), askedRows(300));
  const log = path.join(scene.root, "predictions");
  const comment = () => shownBy(hub).comments.find(({ issue }) => issue === 2)!.body;
  const shadow = async () => (await refit("shadow", ["churn"], { log })).result;

  const report = comment();
  expect(await shadow()).toMatchObject({ shown: "created", challenger: { label: "proposal" }, exact: 300 });
  const shown = comment();
  expect(shown.startsWith(report.trimEnd())).toBe(true);
  expect(shown).toContain("### Shadow: logged predictions, replayed");
  expect(await shadow()).toMatchObject({ shown: "unchanged" });
  await run();
  expect(comment()).toBe(shown);
  expect(shownBy(hub).comments.filter(({ issue }) => issue === 2)).toHaveLength(1);

  scene.at("2026-06-09T00:00:00Z");
  await scene.land(month(4));
  await run();
  expect(comment()).not.toContain("### Shadow");
  expect(hub.unknownRoutes).toEqual([]);
});
