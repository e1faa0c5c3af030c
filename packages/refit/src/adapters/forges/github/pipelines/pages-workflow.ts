import type { PipelineRequest } from "../../../../ports/pipelines.ts";
import { installSteps, runWord } from "./workspace-steps.ts";

/** By commit, since a tag can be moved; Dependabot reads the comment and keeps both current. */
const actions = {
  checkout: "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
  setupNode: "actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0",
  upload: "actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9 # v5.0.0",
  deploy: "actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128 # v5.0.0",
};

/** Makes the pages in a job that can write nothing, and publishes them in one that runs nothing of the repository. */
export function pagesWorkflow({ baseBranch, packageManager }: PipelineRequest): string {
  return `name: refit pages
on:
  push: { branches: [${JSON.stringify(baseBranch)}] }
  schedule: [{ cron: "47 4 * * *" }] # what is due, and what was refused, changes without a push
  workflow_dispatch:
permissions: {}
jobs:
  # Everybody can read the pages of a private repository on most plans. They show names of models and columns, metrics, values of
  # slices, authors of commits and what people wrote: set the repository variable REFIT_PAGES to publish if that may be public.
  make:
    # An event without a visibility counts as private.
    if: \${{ github.event.repository.visibility == 'public' || vars.REFIT_PAGES == 'publish' }}
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions: { contents: read }
    concurrency: { group: refit-pages, cancel-in-progress: true }
    steps:
      - uses: ${actions.checkout}
        with: { fetch-depth: 0, persist-credentials: false } # history and the branch refit-ledger
      ${installSteps(packageManager, actions.setupNode, "package.json names refit")}
      - run: ${runWord(packageManager)} refit site --offline --output _site
      - uses: ${actions.upload}
        with: { path: _site }
  publish:
    needs: make
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions: { pages: write, id-token: write }
    concurrency: { group: refit-pages-publish }
    environment: { name: github-pages }
    steps:
      - uses: ${actions.deploy}
`;
}
