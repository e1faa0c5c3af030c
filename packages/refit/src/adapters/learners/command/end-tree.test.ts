import { expect, it } from "vitest";
import { endTree } from "./end-tree.ts";

const hurried = { gentle: 120, firm: 120 };

/** A process that ends by one of the signals, or by none. */
function processEndedBy(signals: readonly string[]) {
  const sent: string[] = [];
  const tree = {
    alive: () => (sent.some((signal) => signals.includes(signal)) ? [] : [4711]),
    signal: (signal: string) => void sent.push(signal),
  };
  return { tree, sent };
}

it.each([
  ["is asked first", true, ["SIGTERM", "SIGKILL"], ["SIGTERM"], []],
  ["is forced where it does not listen", true, ["SIGKILL"], ["SIGTERM", "SIGKILL"], []],
  ["is forced where it stays behind", false, ["SIGKILL"], ["SIGKILL"], []],
])("a process %s", async (_what, now, endsBy, expected, left) => {
  const { tree, sent } = processEndedBy(endsBy);

  expect(await endTree(tree, now, hurried)).toEqual(left);
  expect([...new Set(sent)]).toEqual(expected);
});

it("a process that nothing ends is waited for no longer, and named", async () => {
  const { tree, sent } = processEndedBy([]);

  expect(await endTree(tree, true, hurried)).toEqual([4711]);
  expect(sent).toContain("SIGKILL");
});
