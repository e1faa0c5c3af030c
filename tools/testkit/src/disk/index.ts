export { startSmallDisk } from "./small-disk.ts";
