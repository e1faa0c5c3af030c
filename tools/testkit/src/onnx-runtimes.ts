import { npmTool } from "./npm-tool.ts";

const version = "1.30.0";

/** A folder with the runtime; made once, with the network. `null`: it cannot be had here. */
export function runtimeFolder(
  name: "onnxruntime-web" | "onnxruntime-node" = "onnxruntime-web",
): Promise<string | null> {
  return npmTool(name, version);
}
