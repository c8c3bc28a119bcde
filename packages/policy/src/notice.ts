/** Version of the notice's fixed wording (rights, categories). What the services declare is read when it is shown. */
export const noticeVersion = '1.0'
export const noticeEffectiveAt = '2026-11-21T00:00:00.000Z'
