import { createCandor } from '@candor/client/create-candor'
import { session } from './session.ts'

/** The five services at the page's own origin, called as the signed-in user. */
export const api = createCandor({ url: '', session })
