import type { ForgeAdapter } from "../forge-adapter.ts";
import { lazyForge } from "../lazy-forge.ts";

/** What most hosts allow: the repository will be pushed to one of them sooner or later. */
const limits = {
  warnFileMiB: 50,
  mostFileMiB: 100,
  rule: "most git hosts warn above 50 MiB and refuse files above 100 MiB",
  dashboardCharacters: null,
};

/** The repository itself; it needs no server and no token. */
export const local: ForgeAdapter = {
  name: "local",
  title: "this clone",
  about: "branches and files in this repository",
  where: "",
  detect: () => true,
  serves: () => null,
  pages: () => null,
  onServer: false,
  limits,
  gitSettings: async () => ({ credentials: {}, author: {} }),
  open: ({ process, git, files, publishes }) =>
    lazyForge({ name: "local", limits, pullRequest: null }, async () => {
      const { localForge, noDashboard, noReviews, noSettings, nowhere } = await import("./forge.ts");
      const forge = localForge(process, git, { files, publishes });
      return { forge, publisher: nowhere, reviews: noReviews, dashboard: noDashboard, settings: noSettings };
    }),
  pipelines: null,
  diagnose: async () => [],
};
