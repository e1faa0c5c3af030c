import * as z from "zod";
import { targetSpec } from "../features/feature-spec.ts";

/** `onnx.json` of an artifact: what the model beside it is asked. */
export const storedOnnx = z.object({
  format: z.literal(1),
  task: targetSpec.shape.task,
  target: z.object({ name: targetSpec.shape.name, classes: targetSpec.shape.classes }),
});
export type StoredOnnx = z.infer<typeof storedOnnx>;
