import { labelRoutes } from "./labels.ts";
import type { Route } from "./router.ts";
import { checkRoutes } from "./routes-checks.ts";
import { issueRoutes } from "./routes-issues.ts";
import { pageRoutes } from "./routes-pages.ts";
import { pullRoutes } from "./routes-pulls.ts";
import { refRoutes } from "./routes-refs.ts";
import { actionRoutes } from "./routes-actions.ts";
import { contentsRoutes } from "./routes-contents.ts";
import { databaseRoutes } from "./routes-database.ts";
import { deploymentRoutes } from "./routes-deployments.ts";
import { releaseRoutes } from "./routes-releases.ts";
import { reviewRoutes } from "./routes-reviews.ts";
import { statusRoutes } from "./routes-statuses.ts";
import { repositoryRoutes } from "./routes-repository.ts";

/** The whole API and some pages. The first route that fits answers. */
export const routes: readonly Route[] = [
  ...repositoryRoutes,
  ...refRoutes,
  ...pullRoutes,
  ...reviewRoutes,
  ...issueRoutes,
  ...labelRoutes,
  ...checkRoutes,
  ...statusRoutes,
  ...databaseRoutes,
  ...contentsRoutes,
  ...deploymentRoutes,
  ...releaseRoutes,
  ...actionRoutes,
  ...pageRoutes,
];
