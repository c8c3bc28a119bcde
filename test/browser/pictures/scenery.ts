import type { Page } from 'playwright-core'
import type { Mailbox } from '../../story/mailbox.ts'
import type { NewBusiness } from '../new-business.ts'
import type { Camera } from './camera.ts'

/** What a scene is played with. */
export interface Scenery extends NewBusiness {
  url: string
  mailbox: Mailbox
  camera: Camera
  staff: Page
  visitor: Page
}
