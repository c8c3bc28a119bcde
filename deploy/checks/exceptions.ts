/** Where a rule does not hold, and why. One that excepts nothing is a finding of its own. */
export const exceptions: Exception[] = []

export interface Exception {
  readonly rule: number
  readonly overlays: readonly string[]
  /** Kind/name. */
  readonly object: RegExp
  readonly because: string
}
