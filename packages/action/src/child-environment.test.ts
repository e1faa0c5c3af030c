import { expect, it } from "vitest";
import { refitEnvironment } from "./child-environment.ts";

it("hands on our token and nothing that could speak to the runner", () => {
  const env = {
    PATH: "/bin",
    GITHUB_TOKEN: "a",
    GH_ENTERPRISE_TOKEN: "a",
    GITHUB_EVENT_PATH: "/event.json",
    GITHUB_RUN_ID: "7",
    GITHUB_OUTPUT: "/o",
    GITHUB_ENV: "/e",
    GITHUB_PATH: "/p",
    GITHUB_STATE: "/s",
    GITHUB_STEP_SUMMARY: "/m",
    ACTIONS_RUNTIME_TOKEN: "b",
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: "c",
    "INPUT_GITHUB-TOKEN": "d",
    NODE_OPTIONS: "--require ./evil.cjs",
    empty: undefined,
  };

  expect(refitEnvironment(env, "token")).toEqual({
    PATH: "/bin",
    GITHUB_EVENT_PATH: "/event.json",
    GITHUB_RUN_ID: "7",
    REFIT_TOKEN: "token",
  });
  expect(refitEnvironment(env, null)).not.toHaveProperty("REFIT_TOKEN");
});
