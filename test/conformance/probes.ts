import type { Probe } from './probe.ts'
import { chatinbox } from './probes/chatinbox.ts'
import { chatsphere } from './probes/chatsphere.ts'
import { imbachat } from './probes/imbachat.ts'
import { imocloud } from './probes/imocloud.ts'
import { imsupporting } from './probes/imsupporting.ts'

/** Every promise that can be shown. One that is not here is unproven. */
export const probes: readonly Probe[] = [
  ...imbachat,
  ...imocloud,
  ...imsupporting,
  ...chatinbox,
  ...chatsphere,
]
