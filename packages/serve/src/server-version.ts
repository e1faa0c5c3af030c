/** Of this package, as a server says it; a test compares it with package.json. */
export const serverVersion = "0.1.0";
