import { describe, expect, it } from "vitest";
import { type DashboardModel, dashboardMarker, dashboardText } from "./dashboard.ts";
import { tickedIn, withTicks } from "./dashboard-boxes.ts";
import type { ModelStatus } from "./model-status.ts";

const day = (number: number) => Date.UTC(2026, 10, number);
const limit = 60_000;

const healthy: ModelStatus = {
  group: null,
  model: "churn",
  state: "live",
  version: "v10",
  since: "2026-11-02",
  learnedUntil: "2026-10-31",
  learnedDaysAgo: 31,
  declared: false,
  metric: {
    name: "rocAuc",
    judged: 0.8402,
    judgedOn: { rows: 1202, from: "2026-10-01T00:00:00.000Z", to: "2026-10-31T00:00:00.000Z" },
    since: { metric: "rocAuc", value: 0.8123, rows: 412, at: day(18) },
  },
  newestRow: "2026-11-17",
  newestRowDaysAgo: 14,
  next: {
    triggers: [
      { kind: "new-rows", fired: false, newRows: 120, minNewRows: 500 },
      { kind: "age", fired: false, at: day(30) },
    ],
    waits: [],
  },
  proposal: null,
  proposalState: null,
  asked: "github",
  attention: [],
};

const none = { version: null, since: null, learnedUntil: null, learnedDaysAgo: null, metric: null };
const due = { triggers: [{ kind: "new-rows", fired: true, newRows: 612, minNewRows: 500 } as const], waits: [] };
const home = "https://github.example/acme/shop";

const of = (status: Partial<ModelStatus>, alert: string | null = null): DashboardModel => ({
  status: { ...healthy, ...status },
  alert,
});

/** Six models, one of each kind. */
const six: readonly DashboardModel[] = [
  of({}),
  of({ model: "upsell", next: due, metric: { ...healthy.metric!, name: "logLoss", judged: 0.2541, since: null } }),
  of({
    model: "apps/shop/returns",
    version: "v3",
    proposal: `${home}/pull/14`,
    proposalState: "open",
    attention: [{ kind: "proposal", state: "open", since: day(20) }],
  }),
  of(
    {
      ...none,
      model: "fraud",
      state: "none",
      next: { triggers: [{ kind: "no-champion", fired: true }], waits: [] },
      attention: [
        { kind: "blocked", runs: 3, since: day(15), findings: ["null-jump", "unit-change"], isFirst: true },
        { kind: "unmatched-files", manifest: "data-manifests/fraud.yaml", files: ["data/fraud/2026-11.csv", "b.csv"] },
        { kind: "stale-clone", since: day(1) },
        { kind: "learner-missing", learner: "tfjs", message: "There is no learner.", hint: "Install it." },
      ],
    },
    `${home}/issues/7`,
  ),
  of({ model: "weather", attention: [{ kind: "inconclusive", runs: 4 }] }),
  of({ ...none, model: "old", state: "retired", next: null }),
];

const many = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    i % 100 === 0
      ? of({
          model: `model-${i}`,
          attention: [{ kind: "blocked", runs: 2, since: day(2), findings: [], isFirst: false }],
        })
      : of({ model: `model-${i}` }),
  );

describe("the dashboard", () => {
  it("of six models can be read", async () => {
    await expect(`${dashboardText(six, limit)}\n`).toMatchFileSnapshot("__snapshots__/dashboard-six.md");
  });

  it("is the same whatever order the models come in, and however long ago things were", () => {
    const later = six.map(({ status, alert }) => ({
      status: { ...status, learnedDaysAgo: 60, newestRowDaysAgo: 43 },
      alert,
    }));

    expect(dashboardText(later.toReversed(), limit)).toBe(dashboardText(six, limit));
  });

  it("has room for those of a thousand models that need a person, and counts what does not fit", async () => {
    const page = dashboardText(many(1000), limit);

    expect(page.length).toBeLessThanOrEqual(limit);
    expect(page).toContain("**1000 models: 10 need a person, no retrain is due.**");
    for (let i = 0; i < 1000; i += 100) expect(page).toContain(`| \`model-${i}\` | v10 |`);
    expect(page).toMatch(/^\d+ more models did not fit on this page; `refit status` lists every model\.$/m);
    expect(page).toContain("<details><summary>Other models</summary>");
    // A few more characters would hold no further model.
    expect(page.length).toBeGreaterThan(limit - 500);
  });

  it("of a repository without a model says so, and starts nothing", () => {
    const page = dashboardText([], limit);

    expect(page).toContain("There is no model on the base branch yet.");
    expect(page).not.toContain("- [");
  });

  it.each([
    ["of a model that needs a person", "weather"],
    ["of one that is due", "upsell"],
    ["of one that is well", "churn"],
  ])("has a box %s", (_what, model) => {
    const ticked = withTicks(dashboardText(six, limit), { models: [model], due: false });

    expect(tickedIn(ticked)).toEqual({ models: [model], due: false });
    expect(tickedIn(ticked.replaceAll("\n", "\r\n").replace("[x]", "[X]"))).toEqual({ models: [model], due: false });
    expect(withTicks(ticked, { models: [], due: false })).toBe(dashboardText(six, limit));
  });

  it("has no box for a retired model, or for a name that no model can have", () => {
    const page = dashboardText([...six, of({ model: "--force" }), of({ model: "a b" })], limit);

    for (const model of ["old", "--force", "a b"]) expect(page).not.toContain(`retrain model=${model} `);
    expect(tickedIn("- [x] <!-- refit:retrain model=--force -->\n- [x] <!-- refit:retrain model=a -->")).toEqual({
      models: ["a"],
      due: false,
    });
  });

  it("has one box for all that are due, and starts with its marker", () => {
    const page = dashboardText(six, limit);

    expect(page.split("\n")[0]).toBe(dashboardMarker);
    expect(tickedIn(withTicks(page, { models: [], due: true }))).toEqual({ models: [], due: true });
  });

  it("makes no link of an address that could end it", () => {
    const attention = [{ kind: "proposal", state: "open", since: null } as const];
    const page = dashboardText([of({ proposal: "https://x.example/) [y](javascript:z", attention })], limit);

    expect(page).toContain("| proposal open |");
  });
});
