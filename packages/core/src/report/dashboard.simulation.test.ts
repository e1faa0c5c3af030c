import fc from "fast-check";
import { expect, it } from "vitest";
import { dashboardText } from "./dashboard.ts";
import { tickedIn } from "./dashboard-boxes.ts";
import { hostileText, outsideOfCode } from "./hostile-text.fixture.ts";
import type { ModelStatus } from "./model-status.ts";

const limit = 60_000;

/** No address, however it goes on. */
const address = (text: string) => `https://x.example/(${text}`;

/** A model with the text wherever words of people, of data, of the forge or of the ledger go. */
function statusWith(text: string): ModelStatus {
  return {
    model: text,
    group: text,
    state: "live",
    version: "v1",
    since: "2026-11-02",
    learnedUntil: null,
    learnedDaysAgo: null,
    declared: false,
    metric: {
      name: text,
      judged: 0.5,
      judgedOn: { rows: 3, from: text, to: text },
      since: { metric: `${text}!`, value: 0.5, rows: 2, at: 0 },
    },
    newestRow: null,
    newestRowDaysAgo: null,
    next: null,
    proposal: address(text),
    proposalState: "open",
    asked: text,
    attention: [
      { kind: "broken" },
      { kind: "blocked", runs: 3, since: 0, findings: [text, text, text, text], isFirst: true },
      { kind: "unreadable", message: text, hint: text },
      { kind: "unmatched-files", manifest: text, files: [text, text] },
      { kind: "proposal", state: "open", since: 0 },
    ],
  };
}

/** What cannot mean anything stands as it is, and may be the name of a model, which has a box. */
const plainName = /^[A-Za-z0-9][\w./-]*$/;

const pageWith = (text: string) => dashboardText([{ status: statusWith(text), alert: address(text) }], limit);

it("no text makes a box, a marker, a link or a line of its own", () => {
  const harmless = outsideOfCode(pageWith("Harmless text")).join("\n");

  fc.assert(
    fc.property(hostileText, (text) => {
      fc.pre(!plainName.test(text));
      const page = pageWith(text);
      const others = page.split("\n").filter((line) => !line.startsWith("| <code>"));
      expect(outsideOfCode(page).join("\n")).toBe(harmless);
      expect(others.filter((line) => /^\s*(?:[-*+]|\d+[.)]) \[/.test(line))).toHaveLength(0);
      expect(page.split("<!--")).toHaveLength(2);
      expect(tickedIn(page.replaceAll("[ ]", "[x]"))).toEqual({ models: [], due: false });
    }),
    { numRuns: 300 },
  );
});
