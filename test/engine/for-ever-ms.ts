/** Longer than any test: what takes so long ends only because it is ended. */
export const FOR_EVER_MS = 3_600_000;
