/**
 * No installation runs a release that is older than the first one, so nothing runs beside the migrations that came with it:
 * those named before this.
 */
export const firstRelease = '20261122T2000'

/**
 * Migrations since then that do what the running release might not bear, and why it bears it: which release stopped using what goes, or
 * how few rows are locked.
 */
export const exceptions: Readonly<Record<string, string>> = {}
