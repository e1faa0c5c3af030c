/** Reading of stored files with every field checked: apart, since it brings the schema library. */
export { parseFeatureSpec, parseLineage } from "@refit/core/history";
