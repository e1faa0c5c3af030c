import { expect, it } from "vitest";
import { npmEnvironment, refitEnvironment } from "./child-environment.ts";

const env = {
  PATH: "/bin",
  CI: "true",
  GITHUB_TOKEN: "a",
  GH_ENTERPRISE_TOKEN: "a",
  GITHUB_EVENT_PATH: "/event.json",
  GITHUB_RUN_ID: "7",
  RUNNER_TEMP: "/tmp",
  GITHUB_OUTPUT: "/o",
  GITHUB_ENV: "/e",
  GITHUB_PATH: "/p",
  GITHUB_STATE: "/s",
  GITHUB_STEP_SUMMARY: "/m",
  ACTIONS_RUNTIME_TOKEN: "b",
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: "c",
  "INPUT_GITHUB-TOKEN": "d",
  NODE_OPTIONS: "--require ./evil.cjs",
  AWS_SECRET_ACCESS_KEY: "e",
  SOPS_AGE_KEY: "f",
  NPM_TOKEN: "g",
  npm_config_registry: "https://npm.example",
  GIT_TRACE: "1",
  empty: undefined,
};

it("hands on our token and what refit needs, and nothing that could speak to the runner", () => {
  const handedOn = {
    PATH: "/bin",
    CI: "true",
    GITHUB_EVENT_PATH: "/event.json",
    GITHUB_RUN_ID: "7",
    RUNNER_TEMP: "/tmp",
    GIT_TRACE: "1",
  };

  expect(refitEnvironment(env, "token")).toEqual({ ...handedOn, REFIT_TOKEN: "token" });
  expect(refitEnvironment(env, null)).toEqual(handedOn);
  const webhook = { REFIT_WEBHOOK_URL: "https://hooks.example/a", REFIT_WEBHOOK_SECRET: "whsec_a" };
  expect(refitEnvironment({ ...env, ...webhook }, null)).toEqual({ ...handedOn, ...webhook });
  expect(npmEnvironment({ ...env, ...webhook })).not.toHaveProperty("REFIT_WEBHOOK_URL");
  expect(refitEnvironment({ ...env, REFIT_GIT_ENV: "SOPS_AGE_KEY, GITHUB_TOKEN" }, null)).toEqual({
    ...handedOn,
    SOPS_AGE_KEY: "f",
    REFIT_GIT_ENV: "SOPS_AGE_KEY, GITHUB_TOKEN",
  });
  expect(refitEnvironment({ ...env, REFIT_SOURCE_ENV: "AWS_SECRET_ACCESS_KEY GITHUB_TOKEN" }, null)).toEqual({
    ...handedOn,
    AWS_SECRET_ACCESS_KEY: "e",
    REFIT_SOURCE_ENV: "AWS_SECRET_ACCESS_KEY GITHUB_TOKEN",
  });
});

it("gives npm what it needs to log in to a registry, and no token of the run", () => {
  expect(npmEnvironment(env)).toEqual({
    PATH: "/bin",
    CI: "true",
    NPM_TOKEN: "g",
    npm_config_registry: "https://npm.example",
  });
});
