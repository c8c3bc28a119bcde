/** Since when the pack every business starts with is promised. */
export const noticeEffectiveAt = '2026-11-21T00:00:00.000Z'
