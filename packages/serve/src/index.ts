export { createApp, type AppOptions, type ServeApp } from "./app.ts";
export { pinned, type ServedModel } from "./served-model.ts";
export { type RequestLimits } from "./request-limits.ts";
