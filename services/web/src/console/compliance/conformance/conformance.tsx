import { useState } from 'react'
import { Badge } from '../../../ui/badge.tsx'
import { Section } from '../../../ui/page.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { Shares } from '../../../ui/shares.tsx'
import { OfficePage } from '../office-page.tsx'
import { outcomes } from './report.ts'
import type { Outcome } from './report.ts'

/** Which promises of the ready-made notices were shown kept, by the report that came with this release. */
export function Conformance() {
  const [shown, setShown] = useState<Outcome['state'] | 'all'>('all')
  const count = (state: Outcome['state']) => outcomes.filter((outcome) => outcome.state === state).length
  const packs = Object.entries(
    Object.groupBy(
      outcomes.filter(({ state }) => shown === 'all' || state === shown),
      ({ pack }) => pack,
    ),
  )
  return (
    <OfficePage
      title="Conformance"
      intro="Whether the ready-made notices are kept, shown on a running platform: people were played through each, years passed, and every database, stream and log was searched."
    >
      <Section
        title="In short"
        intro="This report was made with the release of Candor that you use, on a platform of its own. It says nothing about your data or your own changes; npm run conformance makes a new one."
      >
        <Shares
          label="Promises by what was seen"
          of="Seen"
          unit="Promises"
          values={states.map((state) => ({ key: state, label: stateTexts[state], count: count(state) }))}
        />
      </Section>
      <div className="max-w-xl">
        <Segmented
          label="Which promises"
          value={shown}
          onChange={setShown}
          choices={[{ id: 'all', label: 'All' }, ...states.map((id) => ({ id, label: stateTexts[id] }))]}
        />
      </div>
      {packs.map(([pack, own = []]) => (
        <Section key={pack} title={pack} flush>
          <ul aria-label={`Promises of ${pack}`} className="divide-y divide-line border-t border-line">
            {own.map(({ clause, promise, state, evidence }) => (
              <li key={clause} className="grid gap-x-6 gap-y-2 px-5 py-3.5 sm:grid-cols-[1fr_auto] sm:px-6">
                <div className="min-w-0">
                  <p className="text-pretty">{promise}</p>
                  <p className="mt-1 text-sm break-words text-muted">{evidence}</p>
                </div>
                <div>
                  <Badge tone={tones[state]}>{stateTexts[state]}</Badge>
                </div>
              </li>
            ))}
          </ul>
        </Section>
      ))}
    </OfficePage>
  )
}

const states = ['kept', 'broken', 'unproven'] as const
const stateTexts = { kept: 'Kept', broken: 'Broken', unproven: 'Not shown' }
const tones = { kept: 'good', broken: 'bad', unproven: 'plain' } as const
