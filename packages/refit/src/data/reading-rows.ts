/** What reads rows, apart from the rest so that a run with nothing new loads none of it. */
export { checkNewFiles } from "./check-new-files.ts";
export { rowsSince } from "./rows-since.ts";
