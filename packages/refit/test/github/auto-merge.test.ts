import type { HubOptions } from "@refit/testkit";
import { describe, expect, it } from "vitest";
import { runner, temporaryHub } from "./support/hub-world.ts";

type Settings = NonNullable<HubOptions["settings"]>;

/** A proposal that is to merge itself, which waits for an approval besides. */
async function proposed(settings: Settings, checks: readonly string[] = ["refit"], isRuleset = false) {
  const protection = { main: { checks: [...checks], approvals: 1, ruleset: isRuleset } };
  const hub = await temporaryHub({ settings: { autoMerge: true, ...settings, protection } });
  const { propose, notices } = await runner(hub);
  await propose("1", { autoMerge: true });
  return { hub, notices, armed: hub.rows.issues.at(-1)!.pull!.autoMerge };
}

describe("auto-merge on GitHub", () => {
  it.each<[methods: Required<Settings>["mergeMethods"], method: string]>([
    [["rebase"], "rebase"],
    [["merge"], "merge"],
    [["merge", "rebase"], "merge"],
    [["squash"], "squash"],
    [["merge", "squash", "rebase"], "squash"],
  ])("of a repository that allows %j is by %s, and merges once it is approved", async (mergeMethods, method) => {
    const { hub, armed, notices } = await proposed({ mergeMethods });

    expect(notices).toEqual([]);
    expect(armed).toMatchObject({ method });
    await hub.person.approve(1);
    expect(hub.rows.issues.at(-1)!.pull).toMatchObject({ mergedAt: expect.any(String) });
  });

  it.each<[checks: string[], isArmed: boolean]>([
    [["refit"], true],
    [["refit / churn"], true],
    [["tests", "refit / churn"], true],
    [["tests"], false],
    [["refit / fraud"], false],
    [[], false],
  ])("behind %j, by a ruleset or by branch protection: %s", async (checks, isArmed) => {
    for (const isRuleset of [true, false]) {
      const { armed, notices } = await proposed({}, checks, isRuleset);

      expect(armed !== null).toBe(isArmed);
      expect(notices).toEqual(
        isArmed ? [] : [expect.stringMatching(/^`merge: auto` is left to a person: main requires neither /)],
      );
    }
  });
});
