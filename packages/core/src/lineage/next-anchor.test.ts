import { expect, it } from "vitest";
import { nextAnchor } from "./next-anchor.ts";

it.each([
  ["the first model is an anchor", null, null, null],
  ["proved better: an anchor itself", { treeId: "p", anchor: null }, 0.005, null],
  ["not proved: the parent, itself an anchor", { treeId: "p", anchor: null }, 0.006, "p"],
  ["not proved: the parent's anchor", { treeId: "p", anchor: "a" }, 0.5, "a"],
  ["no test: as not proved", { treeId: "p", anchor: "a" }, null, "a"],
])("%s", (_why, parent, p, anchor) => {
  expect(nextAnchor(parent, p)).toBe(anchor);
});
