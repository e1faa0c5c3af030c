import { readFile } from "node:fs/promises";
import path from "node:path";
import { startHub, temporaryRepository } from "@refit/testkit";
import { expect, it, onTestFinished } from "vitest";
import { churnCsv } from "../../refit/test/e2e/support/churn.ts";
import { refitProcess } from "../../refit/test/e2e/support/cli.ts";
import { builtAction } from "./support/built-action.ts";
import { runText } from "./support/run-template.ts";
import { newestEvent } from "./support/stage.ts";

it.each([
  ["own data", "churn", "init --data data/churn.csv --target left --time day --github --action OWNER/refit@v1"],
  ["the example", "subscriptions", "init --example --github --action OWNER/refit@v1"],
])(
  "the quick start, followed by a new user with %s: from an empty repository to a live model",
  async (_whose, model, words) => {
    const hub = await startHub({ empty: true, settings: { actionsMayOpenPulls: false } });
    onTestFinished(() => hub.close());
    const user = await temporaryRepository({ empty: true });
    const started = performance.now();

    // Steps 1 to 3.
    await user.write("data/churn.csv", churnCsv({ rows: 600, from: "2026-01-01", seed: 1 }));
    const init = await refitProcess(user, words.split(" "));
    expect(init.exitCode).toBe(0);
    expect(init.stdout).toContain('"Allow GitHub Actions to create and approve pull requests"');
    // Step 4.
    hub.set({ actionsMayOpenPulls: true });
    // Step 5.
    await user.commit("Predict churn");
    await user.git("config", `http.${hub.url}/.extraheader`, hub.authHeader(hub.tokens.person));
    await user.git("push", "--quiet", hub.gitUrl(), "main");

    // Step 6.
    const world = { hub, ...(await builtAction()) };
    const workflow = await readFile(path.join(user.root, ".github/workflows/refit.yml"), "utf8");
    const [job] = await runText(world, workflow, await newestEvent(hub, "push"), 1);
    const seconds = (performance.now() - started) / 1000;
    expect(job).toMatchObject({ name: "run", result: "success" });
    expect(job?.steps.at(-1)?.outputs).toMatchObject({ decision: "proposed", "pull-request-number": "1" });
    await hub.person.merge(1);
    const [promoted] = await runText(world, workflow, await newestEvent(hub, "push"), 2);
    expect(promoted?.steps.at(-1)?.outputs).toMatchObject({ decision: "promoted" });
    expect(promoted?.steps.at(-1)?.log).toContain(`${model}@v1`);
    expect(seconds).toBeLessThan(300); // of the five minutes that the page promises, what is not reading and clicking
  },
);
