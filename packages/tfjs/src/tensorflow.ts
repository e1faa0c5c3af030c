import { createRequire } from "node:module";
import type * as Core from "@tensorflow/tfjs-core";
import type * as Layers from "@tensorflow/tfjs-layers";

const require = createRequire(import.meta.url);

/** Required, not imported: to look for the names that these large CommonJS files export takes Node half a second. */
export const tf = require("@tensorflow/tfjs-core") as typeof Core;
export const layers = require("@tensorflow/tfjs-layers") as typeof Layers;
