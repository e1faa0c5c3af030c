export { type SitePart, siteParts, type VersionsRead } from "./site.ts";
export type { Site, SiteModel } from "./site-input.ts";
export {
  driftOfVersion,
  factsOfVersion,
  parseTrainedData,
  type TrainedData,
  type ParsedVersion,
  parseVersion,
} from "./version-facts.ts";
