/**
 * What the learners of this package are, without the learners: a run that trains nothing reads their names, settings
 * and algorithm versions from here.
 *
 * Raise an algorithm version exactly when the bytes that this learner makes from the same request change.
 */
import type { LearnerDescriptor } from "@refit/core/runtime";
import { autoDescriptor } from "./auto/settings.ts";
import { gbdtDescriptor } from "./gbdt/settings.ts";
import { linearDescriptor } from "./linear/settings.ts";

export { onnxLearners } from "./onnx/onnx-learners.ts";

export const descriptors: readonly LearnerDescriptor[] = [gbdtDescriptor, linearDescriptor, autoDescriptor];
