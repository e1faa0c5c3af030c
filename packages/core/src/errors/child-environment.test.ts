import { describe, expect, it } from "vitest";
import { childEnvironment } from "./child-environment.ts";

describe("the environment of a child", () => {
  it.each([
    ..."PATH Path HOME LANG LC_ALL TMPDIR TZ https_proxy SSL_CERT_FILE SSH_AUTH_SOCK LD_LIBRARY_PATH".split(" "),
    ..."SystemRoot ProgramFiles ProgramFiles(x86) APPDATA".split(" "),
  ])("has %s", (name) => {
    expect(childEnvironment({ [name]: "x" }, [])).toEqual({ [name]: "x" });
  });

  it.each([
    ..."AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN NPM_TOKEN NODE_AUTH_TOKEN AZURE_CLIENT_SECRET DATABASE_URL".split(" "),
    ..."GOOGLE_APPLICATION_CREDENTIALS KAGGLE_KEY NODE_OPTIONS MY_PATH HOMER".split(" "),
  ])("has not %s", (name) => {
    expect(childEnvironment({ [name]: "x" }, [])).toEqual({});
  });

  it("has what is allowed besides, and no secret even then", () => {
    const env = {
      GITHUB_RUN_ID: "7",
      GITHUB_TOKEN: "x",
      REFIT_TOKEN: "x",
      ACTIONS_RUNTIME_TOKEN: "x",
      empty: undefined,
    };

    expect(childEnvironment(env, [/^GITHUB_/, /./])).toEqual({ GITHUB_RUN_ID: "7" });
  });
});
