import type { PipelineTemplates } from "../../../../ports/pipelines.ts";

/** What `refit init --github` writes. */
export const githubPipelines: PipelineTemplates = {
  kinds: ["simple", "hardened", "matrix", "nx"],
  async files(request) {
    const { workflowFiles } = await import("./workflows.ts");
    return workflowFiles(request);
  },
  setup:
    'On GitHub, turn on Settings → Actions → General → "Allow GitHub Actions to create and approve pull requests".',
  // No name on GitHub begins with an underscore: until somebody fills it in, no stranger's action can run.
  unknownAction: {
    action: "_OWNER_/refit@v1",
    sentence:
      "In .github/workflows/refit.yml, replace _OWNER_ with the owner of the repository that you use refit from.",
  },
};
