import { homedir } from "node:os";
import path from "node:path";

/**
 * What tests install from registries is kept outside of the work tree, under names that hold its versions: a clean clone, such as
 * the gate makes each time, finds it there.
 */
export const toolsFolder = path.join(homedir(), ".cache/refit-tests");
