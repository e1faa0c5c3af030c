export * from "./hub/index.ts";
export * from "./lint-workflow.ts";
export * from "./runner/index.ts";
export * from "./temporary-folder.ts";
export * from "./temporary-repository.ts";
export * from "./workflow-habits.ts";
