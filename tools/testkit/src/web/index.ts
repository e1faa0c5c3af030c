export { objectBucket } from "./object-bucket.ts";
export {
  forwardTo,
  startWebServer,
  type WebAnswer,
  type WebFault,
  type WebFile,
  webFiles,
  type WebRequest,
  type WebServer,
} from "./web-server.ts";
