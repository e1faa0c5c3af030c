export { logFolder } from "./log-file.ts";
export { closedBySignal, listen, type Listening, type ListenOptions } from "./listen.ts";
export { gitBranch, type GitBranch, type GitBranchPlace } from "./git-branch.ts";
export { folderSource, gitSource } from "./node-sources.ts";
export { serveSources, type ServeRequest } from "./serve-sources.ts";
