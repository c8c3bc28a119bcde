import type { PrivacyNotice } from '@candor/contracts/privacy/schemas'
import { createContext, use } from 'react'

export const NoticeContext = createContext<PrivacyNotice | null>(null)

/** The notice of the business whose privacy centre this is. */
export function useNotice(): PrivacyNotice {
  const notice = use(NoticeContext)
  if (!notice) throw new Error('no notice has been read')
  return notice
}
