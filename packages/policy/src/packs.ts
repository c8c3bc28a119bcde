import type { PackId } from '@candor/contracts/policy/tenant-rules'
import type { Pack } from './pack.ts'
import { candor } from './packs/candor.ts'
import { chatinbox } from './packs/chatinbox.ts'
import { chatsphere } from './packs/chatsphere.ts'
import { imbachat } from './packs/imbachat.ts'
import { imocloud } from './packs/imocloud.ts'
import { imsupporting } from './packs/imsupporting.ts'

export const packs = {
  candor,
  imbachat,
  imocloud,
  imsupporting,
  chatinbox,
  chatsphere,
} as const satisfies Record<PackId, Pack>

export type ClauseId = (typeof packs)[PackId]['clauses'][number]['id']
