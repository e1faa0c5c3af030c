export { type ObjectStore, startMoto } from "./moto.ts";
export { pythonTool } from "./python-tool.ts";
