import { expect, it } from "vitest";
import { createMetrics } from "../src/metrics.ts";
import { madeLoaded, servedBy } from "./support/served.ts";

it("GET /metrics counts requests by model, call and status, and tells version and staleness", async () => {
  const version = await madeLoaded("trees, binary", "v7");
  const ask = await servedBy([
    { name: "team/strikes", version, stale: "Git has no main." },
    { name: "later", version: null, stale: null },
  ]);
  const columns = Object.fromEntries(version.inputs.map(({ name }) => [name, [null]]));
  await ask("/models/team%2Fstrikes/predict", { columns });
  await ask("/models/team%2Fstrikes/predict", { columns });
  await ask("/models/team%2Fstrikes/predict", { columns: { speed: ["1"] } });
  await ask("/models/later/invocations", { dataframe_records: [] });
  await ask("/v2/models/stranger/versions/v1/infer", {});
  await ask("/v2/models/stranger2/infer", {});
  await ask("/models");

  const { status, headers, body } = await ask("/metrics");
  const lines = String(body["text"]).split("\n");

  expect(status).toBe(200);
  expect(headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  expect(lines.filter((line) => line.startsWith("refit_requests_total"))).toEqual([
    'refit_requests_total{model="team/strikes",call="predict",status="200"} 2',
    'refit_requests_total{model="team/strikes",call="predict",status="422"} 1',
    'refit_requests_total{model="later",call="invocations",status="503"} 1',
    'refit_requests_total{model="",call="infer",status="404"} 2',
  ]);
  expect(lines).toEqual(
    expect.arrayContaining([
      `refit_model_info{model="team/strikes",version="v7",tree_id="${version.treeId}"} 1`,
      'refit_model_ready{model="later"} 0',
      'refit_model_stale{model="team/strikes"} 1',
      'refit_model_stale{model="later"} 0',
      'refit_request_seconds_count{model="team/strikes",call="predict"} 3',
      'refit_request_seconds_bucket{model="team/strikes",call="predict",le="+Inf"} 3',
    ]),
  );
});

it("moments of a view's file are told in seconds of Unix time, by model and view, and of no other model", async () => {
  const version = await madeLoaded("trees, binary", "v7");
  const rows = {
    sha256: "a1",
    rows: 10,
    newest: "2026-11-01T00:00:00.000Z" as string | null,
    writtenAt: "2026-11-02T03:04:05.678Z",
    key: [{ name: "customer", type: "integer" as const }],
    columns: ["size"],
    lookup: () => [],
  };
  const base = { version, stale: null };
  const ask = await servedBy([
    { ...base, name: "churn", view: { name: "months", rows, stale: "The file is gone." } },
    { ...base, name: "sales", view: { name: "weeks", rows: { ...rows, newest: null }, stale: null } },
    { ...base, name: "strikes" },
  ]);

  const { body } = await ask("/metrics");
  const lines = String(body["text"]).split("\n");

  expect(lines.filter((line) => line.startsWith("refit_view_"))).toEqual([
    `refit_view_newest_row_timestamp_seconds{model="churn",view="months"} ${Date.UTC(2026, 10, 1) / 1000}`,
    `refit_view_written_timestamp_seconds{model="churn",view="months"} ${Date.UTC(2026, 10, 2, 3, 4, 5, 678) / 1000}`,
    `refit_view_written_timestamp_seconds{model="sales",view="weeks"} ${Date.UTC(2026, 10, 2, 3, 4, 5, 678) / 1000}`,
    'refit_view_rows{model="churn",view="months"} 10',
    'refit_view_rows{model="sales",view="weeks"} 10',
    'refit_view_stale{model="churn",view="months"} 1',
    'refit_view_stale{model="sales",view="weeks"} 0',
  ]);
  expect(lines).toContain("# TYPE refit_view_newest_row_timestamp_seconds gauge");
});

it("times fall into cumulative buckets, the bound included, and labels are escaped", () => {
  const metrics = createMetrics([{ name: 'a"\\\n', version: null, stale: null }]);
  for (const seconds of [0.001, 0.002, 99]) metrics.count("invocations", undefined, 200, seconds);

  const text = metrics.text();
  const bucket = (bound: string) =>
    `refit_request_seconds_bucket{model="a\\"\\\\\\n",call="invocations",le="${bound}"}`;
  expect(text).toContain(`${bucket("0.001")} 1\n${bucket("0.0025")} 2\n`);
  expect(text).toContain(`${bucket("10")} 2\n${bucket("+Inf")} 3\n`);
  expect(text).toContain('refit_request_seconds_sum{model="a\\"\\\\\\n",call="invocations"} 99.003\n');
  expect(text.endsWith("\n")).toBe(true);
});
