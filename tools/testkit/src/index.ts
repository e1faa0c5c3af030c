export * from "./temporary-folder.ts";
export * from "./temporary-repository.ts";
