import type { Policy } from '@candor/contracts/policy/policy'
import type { PackId } from '@candor/contracts/policy/tenant-rules'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/confirm.tsx'
import { Section } from '../../../ui/page.tsx'
import { Select } from '../../../ui/select.tsx'
import { packsQuery } from './notice-queries.ts'

/** Ready-made policies to start from. */
export function ChoosePack({ pack, onChoose }: { pack: PackId; onChoose: (chosen: Chosen) => void }) {
  const { data: packs = [] } = useQuery(packsQuery)
  const [wanted, setWanted] = useState<PackId>(pack)
  const chosen = packs.find(({ id }) => id === wanted)
  return (
    <Section
      title="Start from"
      intro="Each pack is a notice that is written already. You change what differs with you."
    >
      <div className="flex flex-wrap items-end gap-3">
        <div className="w-full max-w-md">
          <Select
            label="Pack"
            value={wanted}
            onChange={setWanted}
            choices={packs.map(({ id, title }) => ({ id, label: title }))}
          />
        </div>
        {chosen && (
          <Confirm
            title={`Start again from “${chosen.title}”?`}
            confirmLabel="Start again"
            tone="primary"
            onConfirm={() => onChoose({ pack: chosen.id, policy: chosen.policy })}
            trigger={<Button>Use this pack</Button>}
          >
            What you have edited here is replaced. Nothing is published by that.
          </Confirm>
        )}
      </div>
    </Section>
  )
}

interface Chosen {
  pack: PackId
  policy: Policy
}
