import { ForgeUnavailableError } from "@refit/core/errors";
import { describe, expect, it } from "vitest";
import { closeDashboard, type DashboardPorts, ensureDashboard, keepDashboard } from "./dashboard.ts";
import type { Repository } from "../ports/repository.ts";

const asking = { layout: { models: ["models/**"], dashboard: "issue" } } as unknown as Repository;
const plain = { layout: { models: ["models/**"] } } as unknown as Repository;

/** Ports that answer nothing but what is given. */
function portsWith(ports: object) {
  const notices: string[] = [];
  const out = { notice: (sentence: string) => void notices.push(sentence), print() {}, progress() {} };
  const github = { forge: { limits: { dashboardCharacters: 60_000 } }, publication: { allowed: true } };
  return { notices, ports: { ...github, out, ...ports } as unknown as DashboardPorts };
}

describe("the dashboard of a repository", () => {
  it("is left out with a sentence where there are no issues", async () => {
    const { ports, notices } = portsWith({ forge: { limits: { dashboardCharacters: null } } });

    expect(await ensureDashboard(ports, asking)).toBeNull();
    expect(notices).toEqual([
      "`dashboard: issue` was left out: without GitHub there are no issues. `refit status` shows the same.",
    ]);
  });

  it.each([
    ["nobody asked for it", plain, { allowed: true }],
    ["nothing leaves this clone", asking, { allowed: false }],
  ])("is not looked at where %s", async (_why, repository, publication) => {
    const { ports, notices } = portsWith({ publication });

    expect(await keepDashboard(ports, repository)).toEqual({ url: null, operation: "none", boxes: null });
    expect(notices).toEqual([]);
  });

  it("stops nothing when GitHub fails", async () => {
    const ensure = () => Promise.reject(new ForgeUnavailableError("it answered 502."));
    const { ports, notices } = portsWith({ dashboard: { ensure } });

    await closeDashboard(ports, plain);
    expect(notices).toEqual([expect.stringContaining("The dashboard was not changed: ")]);
  });
});
