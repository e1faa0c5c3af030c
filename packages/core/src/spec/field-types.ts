/** What a column can hold. */
export const fieldTypes = ["string", "number", "integer", "boolean", "date", "datetime", "file"] as const;
