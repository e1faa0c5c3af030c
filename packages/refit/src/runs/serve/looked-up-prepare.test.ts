import { describe, expect, it } from "vitest";
import { dataManifest } from "@refit/core/spec";
import { whyNotLookedUp } from "./looked-up-prepare.ts";

const whyNot = (prepare: string | undefined, { rowWise = false, isOfThen = true, views = ["months"] } = {}) => {
  const manifest = dataManifest.parse({
    sources: [{ path: "a.csv" }],
    views,
    ...(prepare !== undefined && { prepare }),
  });
  return whyNotLookedUp({ settings: { manifest, spec: { data: "shop" } }, isOfThen, features: { rowWise } }, "months");
};

describe("rows of a view are prepared as in training", () => {
  it.each<[prepare: string | undefined, options: object, says: string | null]>([
    ["SELECT * EXCLUDE (spend) FROM months", {}, null],
    ["SELECT *, upper(plan) AS tariff FROM Months -- not of source", {}, null],
    ["SELECT *, 'source' AS kind FROM months", {}, null],
    ["SELECT *, avg(spend) OVER (PARTITION BY customer) AS mean FROM months", {}, "looks from a row at others"],
    ["SELECT * FROM months WHERE spend > (SELECT avg(spend) FROM months)", {}, "looks from a row at others"],
    ["SELECT * FROM (SELECT * FROM months)", { rowWise: true }, null],
    ["SELECT * FROM months JOIN source USING (customer)", { rowWise: true }, "also reads `source`"],
    ["SELECT * FROM months JOIN weeks USING (customer)", { views: ["months", "weeks"] }, "also reads `weeks`"],
    ["SELECT 1 AS a", {}, "does not read the view"],
    [undefined, {}, "does not read the view"],
    ["SELECT * FROM months", { views: ["weeks"] }, "does not name the view"],
    ["SELECT * FROM months", { isOfThen: false }, "Train again"],
  ])("%j %j", (prepare, options, says) => {
    const why = whyNot(prepare, options);

    expect(why === null || says === null ? why : why.includes(says)).toBe(says === null ? null : true);
  });
});
