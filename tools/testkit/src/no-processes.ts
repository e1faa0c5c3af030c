/** Setup of the fast tests: whatever starts a process there fails, and says where such a test belongs. */
import childProcess from "node:child_process";
import { syncBuiltinESMExports } from "node:module";

const names = ["exec", "execFile", "execFileSync", "execSync", "fork", "spawn", "spawnSync"];

function refuse(name: string) {
  return () => {
    throw new Error(`${name}: a fast test starts no process; move it to the package's \`test/\` folder`);
  };
}

Object.assign(childProcess, Object.fromEntries(names.map((name) => [name, refuse(name)])));
syncBuiltinESMExports();
