import path from "node:path";
import { temporaryFolder } from "@refit/testkit/folders";
import { expect, it } from "vitest";
import { pythonWithPeers } from "./environment.ts";

/** A machine that writes down what it is asked for, and fails for one package the first few times. */
function installer(failing: string, times: number) {
  const asked: string[] = [];
  const install = (_command: string, words: readonly string[]) => {
    const one = words.at(-1)!;
    if (words[1] === "venv") return null;
    asked.push(one);
    return one.startsWith(failing) && times-- > 0 ? "no answer" : null;
  };
  return { asked, install };
}

it("makes the environment in one go, though the registry fails once", async () => {
  const folder = path.join(await temporaryFolder(), "python");
  const { asked, install } = installer("xgboost", 1);

  expect(pythonWithPeers(folder, install)).toHaveProperty("bin");

  const all = asked.length;
  expect(asked.filter((one) => one.startsWith("xgboost"))).toHaveLength(2);
  pythonWithPeers(folder, install);
  expect(asked).toHaveLength(all);
});

it("asks again only for what could not be had, and says where nothing runs", async () => {
  const folder = path.join(await temporaryFolder(), "python");
  pythonWithPeers(folder, installer("FLAML", 2).install);
  const later = installer("FLAML", 0);
  pythonWithPeers(folder, later.install);

  expect(later.asked).toEqual([expect.stringMatching(/^FLAML==/)]);
  expect(pythonWithPeers(`${folder}-2`, installer("pandas", 9).install)).toEqual({ missing: "no answer" });
});
