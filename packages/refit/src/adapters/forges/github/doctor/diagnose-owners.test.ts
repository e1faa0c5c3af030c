import { describe, expect, it } from "vitest";
import { diagnoseOwners } from "./diagnose-owners.ts";

describe("owners", () => {
  it.each<[why: string, text: string | null, unowned: readonly string[]]>([
    ["the folder", "/models/ @team", ["apps/shop/churn"]],
    ["all of it", "* @team", []],
    ["below it", "models/** @org/team", ["apps/shop/churn"]],
    ["another folder", "/docs/ @team", ["models", "apps/shop/churn"]],
    ["a comment", "# /models/ @team", ["models", "apps/shop/churn"]],
    ["no file", null, ["models", "apps/shop/churn"]],
    ["the app", "models/ @team\n/apps/shop/ @shop", []],
    ["a glob of apps", "models/ @team\napps/*/churn @shop", []],
    ["everything below apps", "models/ @team\napps/** @shop", []],
    ["a folder of that name anywhere", "models/ @team\nchurn/ @shop", []],
    ["the versions alone", "models/ @team\napps/*/churn/champion/ @shop", []],
    ["an app that begins alike", "models/ @team\n/apps/sho/ @shop", ["apps/shop/churn"]],
    ["nobody", "models/ @team\n/apps/shop/", ["apps/shop/churn"]],
  ])("%s", (_why, text, unowned) => {
    const found = diagnoseOwners(text, ["apps/shop/churn"]);

    expect(found.map(({ fix }) => /`\/(.*)\/ @your-team`/.exec(fix)![1])).toEqual(unowned);
  });
});
