import type { ForgeAdapter } from "../forge-adapter.ts";
import { lazyForge } from "../lazy-forge.ts";
import { issueEditOf } from "./issue-edit.ts";
import { limits } from "./limits.ts";
import { githubPipelines } from "./pipelines/index.ts";
import { githubPages } from "./pages.ts";
import { pullRequestOf, repositoryAt, serverUrl, tokenOf, withRepository } from "./settings.ts";

/** Proposals as pull requests on GitHub or a GitHub Enterprise server. */
export const github: ForgeAdapter = {
  name: "github",
  title: "GitHub",
  about: "",
  where: "in GitHub Actions",
  detect: (env) => env["GITHUB_ACTIONS"] === "true",
  serves(address, env) {
    if (repositoryAt(address, env) === null) return null;
    return { missing: tokenOf(env) === null ? "there is no token in GITHUB_TOKEN or REFIT_TOKEN" : null };
  },
  pages(address, env) {
    const repository = repositoryAt(address, env);
    return repository === null ? null : githubPages(`${serverUrl(env)}/${repository}`);
  },
  onServer: true,
  limits,
  async gitSettings(process, env) {
    const { gitSettings } = await import("./git-settings.ts");
    return gitSettings(process, await withRepository(process, env));
  },
  open: (parts) =>
    lazyForge({ name: "github", limits, pullRequest: pullRequestOf(parts.env) }, async () => {
      const [{ githubForge }, { githubSettings }] = await Promise.all([import("./forge.ts"), import("./settings.ts")]);
      const { process, git, notice, patience, env } = parts;
      const settings = githubSettings(await withRepository(process, env));
      return githubForge({ settings, process, git, notice, edit: issueEditOf(env), ...(patience && { patience }) });
    }),
  pipelines: githubPipelines,
  async diagnose(git, repository) {
    const { diagnoseFiles } = await import("./doctor/diagnose-files.ts");
    return diagnoseFiles(git, repository);
  },
};
