import { createCandor } from '@candor/client/create-candor'
import { useSyncExternalStore } from 'react'
import { slug } from './address.ts'
import { createSubjectSession } from './subject-session.ts'

/** Whose address was proven in this tab, to this business. */
export const session = createSubjectSession(sessionStorage, `candor.privacy.${slug}`)

/** The privacy service at the page's own origin, called as the person whose address was proven. */
export const { privacy } = createCandor({ url: '', session })

export function useIsProven(): boolean {
  return useSyncExternalStore(session.subscribe, session.isStarted)
}
