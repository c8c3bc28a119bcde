import type { AuditEntry } from '@candor/contracts/privacy/audit'
import { purposes } from '@candor/contracts/purposes'
import { DialogTrigger } from 'react-aria-components'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Time } from '../../../ui/time.tsx'
import { kindTexts, whatText } from './audit-words.ts'
import { Proof } from './proof.tsx'

export function Entry({ entry }: { entry: AuditEntry }) {
  const { position, at, kind, role, purpose, reason, object, times } = entry
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3 sm:px-6">
      <span className="min-w-0 flex-1 basis-56">
        <span className="block font-medium break-words">
          {whatText(entry)}
          {times > 1 && <span className="font-normal text-muted"> × {times}</span>}
        </span>
        <span className="block text-sm break-words text-muted">
          <Time at={at} as="both" />, {role}
          {purpose && purpose !== 'none' && `, ${purposes[purpose].toLowerCase()}`}
          {reason && `, refused: ${reason.replaceAll('-', ' ')}`}
        </span>
        {object && <span className="block font-mono text-xs break-all text-muted">{object}</span>}
      </span>
      <Badge tone={kind === 'refusal' ? 'bad' : kind === 'act' ? 'brand' : 'plain'}>{kindTexts[kind]}</Badge>
      <DialogTrigger>
        <Button size="sm" aria-label={`Check entry ${position}`}>
          Check
        </Button>
        <Dialog title={`Entry ${position}`}>
          <Proof position={position} />
        </Dialog>
      </DialogTrigger>
    </li>
  )
}
