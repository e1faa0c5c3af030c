import * as z from "zod";

const value = z.union([z.string(), z.number(), z.boolean()]);

/** Settings that only somebody's own program reads. */
export const settingRecord = z.record(z.string(), z.union([value, z.array(value)]));
