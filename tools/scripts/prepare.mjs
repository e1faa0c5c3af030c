// npm runs this at the end of an installation.
import { build, canBuild, markInstalled } from "./install.mjs";

if (canBuild()) {
  build();
  markInstalled();
} else {
  console.log("Nothing was built: that needs the development dependencies (npm ci --include=dev).");
}
