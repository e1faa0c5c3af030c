export { type SitePart, siteParts, type VersionsRead } from "./site.ts";
export type { Site, SiteModel } from "./site-input.ts";
export {
  driftOfVersion,
  factsOfVersion,
  openData,
  type TrainedData,
  type OpenedVersion,
  openVersion,
} from "./version-facts.ts";
