export { createApp, type AppOptions, type ServeApp } from "./app.ts";
export { type ServerAnswer, type ServerRequest } from "./exchange.ts";
export {
  follow,
  type FollowedModel,
  type FollowOptions,
  type FoundVersion,
  type VersionSource,
  type VersionTools,
} from "./follow.ts";
export { type RowsFromRaw, type RawInput, type RawRefusal, type RawRows, type RawSource } from "./raw-rows.ts";
export { pinned, type ServedModel } from "./served-model.ts";
export { type RequestLimits } from "./request-limits.ts";
export { hashedKey, hashedShare } from "./hashed.ts";
export { logEvents, type EventSinkOptions } from "./log-events.ts";
export { predictionLog, type LoggedText, type LogOptions, type LogSink, type PredictionLog } from "./prediction-log.ts";
export { type LoggedColumns, type LoggedLine } from "./logged-line.ts";
export { urlSource } from "./url-source.ts";
export { followView, type FollowedView, type FoundView, type ViewSource } from "./follow-view.ts";
export { type ServedView, type ViewKey, type ViewRows } from "./views.ts";
