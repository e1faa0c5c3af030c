export * from "./lint-workflow.ts";
export * from "./workflow-habits.ts";
