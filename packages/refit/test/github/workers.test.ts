import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { createRepository, temporaryFolder } from "@refit/testkit";
import { expect, it, onTestFinished } from "vitest";
import { refitProcess } from "../e2e/support/cli.ts";
import { temporaryHub, workflowEnv } from "./support/hub-world.ts";

const execute = promisify(execFile);
const count = 40;

it(
  "processes that run models beside each other ask GitHub about many branches at once",
  { timeout: 180_000 },
  async () => {
    const repository = await createRepository({ remote: true });
    onTestFinished(() => repository.dispose());
    // Their settings cannot be used, so that each is over as soon as GitHub has answered.
    for (let i = 0; i < count; i++) await repository.write(`models/m${i}/model.yaml`, "task: guess\n");
    await repository.commit("Models");
    await repository.git("push", "--quiet", "origin", "main");
    const hub = await temporaryHub({ history: repository.remote! });
    const root = path.join(await temporaryFolder(), "checkout");
    await execute("git", ["clone", "--quiet", hub.bareRepository, root], { env: repository.env });
    await execute("git", ["-C", root, "remote", "set-url", "origin", hub.gitUrl()], { env: repository.env });
    const env = { ...repository.env, ...workflowEnv(hub) };

    const { stdout } = await refitProcess({ root, env }, ["run", "--all", "--parallel", "2"]);

    expect(stdout).toContain(`${count} models: ${count} failed.`);
    const asked = hub.requests.map(({ path: place }) => place);
    expect(asked.filter((place) => /graphql/.test(place)).length).toBeGreaterThanOrEqual(1);
    expect(asked.filter((place) => /\/pulls\?/.test(place)).length).toBeLessThan(count / 2);
  },
);
