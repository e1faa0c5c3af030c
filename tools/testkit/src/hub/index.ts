export type { Actor, Area, Level, Permissions } from "./actors.ts";
export { primaryLimit, secondaryLimit, type Fault } from "./faults.ts";
export { startHub, type Hub, type HubOptions } from "./hub.ts";
export type { Person } from "./person.ts";
export type * from "./rows.ts";
export type { SeenRequest } from "./server.ts";
export type { Protection, Settings } from "./settings.ts";
export type { HubEvent } from "./world.ts";
