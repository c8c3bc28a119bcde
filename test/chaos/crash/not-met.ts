/** Crash points that no run comes to, each with the reason. */
export const notMet: Record<string, string> = {}
