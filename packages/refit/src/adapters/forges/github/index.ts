import type { ForgeAdapter } from "../forge-adapter.ts";
import { lazyForge } from "../lazy-forge.ts";
import { limits } from "./limits.ts";
import { githubPipelines } from "./pipelines/index.ts";
import { pullRequestOf } from "./settings.ts";

/** Proposals as pull requests on GitHub or a GitHub Enterprise server. */
export const github: ForgeAdapter = {
  name: "github",
  about: "",
  where: "in GitHub Actions",
  detect: (env) => env["GITHUB_ACTIONS"] === "true",
  onServer: true,
  limits,
  async gitSettings(process, env) {
    const { gitSettings } = await import("./git-settings.ts");
    return gitSettings(process, env);
  },
  open: (parts) =>
    lazyForge({ name: "github", limits, pullRequest: pullRequestOf(parts.env) }, async () => {
      const [{ githubForge }, { githubSettings }] = await Promise.all([import("./forge.ts"), import("./settings.ts")]);
      const { process, git, notice, patience } = parts;
      return githubForge({ settings: githubSettings(parts.env), process, git, notice, ...(patience && { patience }) });
    }),
  pipelines: githubPipelines,
  async diagnose(git, repository) {
    const { diagnoseFiles } = await import("./doctor/diagnose-files.ts");
    return diagnoseFiles(git, repository);
  },
};
