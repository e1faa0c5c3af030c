/** Where the data manifest of a dataset is, from the root of the repository. */
export const manifestPath = (dataset: string): string => `data-manifests/${dataset}.yaml`;
