import type { Forge, ForgeSettings, Publisher } from "../../../ports/forge.ts";
import type { GithubParts } from "./forge.ts";
import { githubSettings, pullRequestOf, type Environment } from "./settings.ts";

/** The forge on GitHub, whose libraries and settings are loaded by the first question. */
export function lazyGithub(
  env: Environment,
  parts: Omit<GithubParts, "settings">,
): { readonly forge: Forge; readonly publisher: Publisher; readonly settings: ForgeSettings } {
  let loaded: ReturnType<typeof load> | null = null;
  const github = () => (loaded ??= load());

  async function load() {
    const settings = githubSettings(env);
    const { githubForge } = await import("./forge.ts");
    return githubForge({ ...parts, settings });
  }

  return {
    forge: {
      name: "github",
      pullRequest: pullRequestOf(env),
      proposal: async (...args) => (await github()).forge.proposal(...args),
      ensureProposal: async (...args) => (await github()).forge.ensureProposal(...args),
      ensureRemark: async (...args) => (await github()).forge.ensureRemark(...args),
      ensureAlert: async (...args) => (await github()).forge.ensureAlert(...args),
      ensureCheck: async (...args) => (await github()).forge.ensureCheck(...args),
    },
    publisher: {
      ensureRelease: async (...args) => (await github()).publisher.ensureRelease(...args),
      ensureDeployment: async (...args) => (await github()).publisher.ensureDeployment(...args),
    },
    settings: { read: async (...args) => (await github()).settings.read(...args) },
  };
}
