import type { PipelineTemplates } from "../../../../ports/pipelines.ts";

/** What `refit init --github` writes. */
export const githubPipelines: PipelineTemplates = {
  kinds: ["simple", "hardened", "matrix", "candidates", "nx"],
  attesting: ["hardened", "matrix", "candidates"],
  async files(request) {
    const { workflowFiles } = await import("./workflows.ts");
    return workflowFiles(request);
  },
  setup:
    'On GitHub, turn on Settings → Actions → General → "Allow GitHub Actions to create and approve pull requests".',
  pagesSetup:
    "To publish the pages, turn on Settings → Pages → Source: GitHub Actions, and have refit in package.json. Before anything private becomes public: on most plans everybody can read the pages of a private repository, so that .github/workflows/refit-pages.yml publishes none of one until the repository variable REFIT_PAGES is `publish`.",
  // No name on GitHub begins with an underscore: until somebody fills it in, no stranger's action can run.
  unknownAction: {
    action: `_OWNER_/refit@${"0".repeat(40)}`,
    sentence:
      "In .github/workflows/refit.yml, replace _OWNER_ with the owner of the repository that you use refit from, and the zeros with a commit of it: `git ls-remote https://github.com/OWNER/refit HEAD` prints the newest one.",
  },
  file: ".github/workflows/refit.yml",
  actionIn(text) {
    const [, action = null] = /^ *(?:- )?uses: ((?!_OWNER_)[\w.-]+\/refit(?:\/[\w./-]+)?@[\w./-]+)/m.exec(text) ?? [];
    return action;
  },
  unpinned(action) {
    const [, repository, ref] = /^([^/]+\/[^/@]+)[^@]*@(.+)$/.exec(action) ?? [];
    if (repository === undefined || /^[0-9a-f]{40}$/.test(ref!)) return null;
    return `Whoever can move ${ref} in ${repository} decides what runs with this repository's token: pin the action to a commit, as ${action.replace(/@.*/, "")}@COMMIT # ${ref}; \`git ls-remote https://github.com/${repository} ${ref} "${ref}^{}"\` prints it, in its last line.`;
  },
};
