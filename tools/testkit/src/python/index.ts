export { type ObjectStore, startMoto } from "./moto.ts";
export { pythonTool } from "./python-tool.ts";
export { toolsFolder } from "../tools-folder.ts";
