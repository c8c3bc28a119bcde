import type { ConformanceReport } from '../../../../build/conformance.ts'

/** Put in its place by the build. */
declare const __CONFORMANCE__: ConformanceReport

export const outcomes = __CONFORMANCE__
export type Outcome = ConformanceReport[number]
