export { createDependencies } from "./infer-dependencies.ts";
export { createNodes, createNodesV2 } from "./infer-projects.ts";
export { pluginName as name } from "./plugin-name.ts";
