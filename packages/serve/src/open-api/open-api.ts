import type { RequestLimits } from "../request-limits.ts";
import type { ServedModel } from "../served-model.ts";
import { serverVersion } from "../server-version.ts";
import { inferencePaths, inferenceSchemas, serverPaths } from "./inference-paths.ts";
import { healthPaths, mlflowPaths, mlflowSchemas } from "./mlflow-paths.ts";
import { modelPaths, ownPaths, ownSchemas } from "./own-paths.ts";
import type { DocumentPart } from "./schemas.ts";

/** The description (OpenAPI 3.1) of what the loaded versions answer to, each column with its type. */
export function openApi(models: readonly ServedModel[], { rows }: RequestLimits): DocumentPart {
  const paths = models.flatMap((model) => {
    const { name, version } = model;
    if (version === null) return [];
    const ready = { ...model, version };
    const invocations = models.length === 1 ? "/invocations" : `/models/${encodeURIComponent(name)}/invocations`;
    return [modelPaths(ready, rows), inferencePaths(name, version), mlflowPaths(invocations, ready, rows)];
  });
  return {
    openapi: "3.1.0",
    info: { title: "Predictions of refit models", version: serverVersion },
    paths: Object.assign({}, ...paths, ownPaths, serverPaths, healthPaths) as DocumentPart,
    components: { schemas: { ...ownSchemas, ...inferenceSchemas, ...mlflowSchemas } },
  };
}
