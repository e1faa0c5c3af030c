export * from "./hub/index.ts";
export { createPreparedFolder } from "./prepared-folder.ts";
export * from "./runner/index.ts";
export * from "./start-git.ts";
export * from "./temporary-folder.ts";
export * from "./temporary-repository.ts";
export * from "./workflows.ts";
