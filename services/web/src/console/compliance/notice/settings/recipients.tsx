import type { Recipient } from '@candor/contracts/policy/policy'
import { Plus, Trash2 } from 'lucide-react'
import { Button } from '../../../../ui/button.tsx'
import { countryName } from '../../../../ui/country-name.ts'
import { roleNames, safeguardNames, choicesOf } from '../../words.ts'
import { useSetting } from '../editing.ts'
import { Fold } from '../fold.tsx'
import { Around, Lines, OneOf, TextSetting } from '../fields.tsx'
import { Select } from '../../../../ui/select.tsx'
import { TextField } from '../../../../ui/text-field.tsx'

/** Everybody who receives personal data. Whom services may call is decided by this list. */
export function Recipients() {
  const { value: recipients, set } = useSetting<Recipient[]>('recipients')
  return (
    <div className="flex flex-col gap-4">
      <ul className="-mx-5 divide-y divide-line border-y border-line sm:-mx-6">
        {recipients.map(({ id }, at) => (
          <li key={id}>
            <RecipientFold at={at} onRemove={() => set(recipients.toSpliced(at, 1))} />
          </li>
        ))}
      </ul>
      <Button className="self-start" size="sm" onPress={() => set([...recipients, fresh(recipients)])}>
        <Plus aria-hidden="true" /> Add a recipient
      </Button>
    </div>
  )
}

function RecipientFold({ at, onRemove }: { at: number; onRemove: () => void }) {
  const { value, problem, isChanged } = useSetting<Recipient>(`recipients.${at}`)
  return (
    <Fold
      title={value.name}
      facts={`${value.purpose}, ${countryName(value.country)}`}
      isChanged={isChanged}
      hasProblem={problem !== null}
    >
      <RecipientFields at={at} onRemove={onRemove} />
    </Fold>
  )
}

function RecipientFields({ at, onRemove }: { at: number; onRemove: () => void }) {
  const path = `recipients.${at}`
  const { value, set } = useSetting<Recipient>(path)
  return (
    <div className="grid gap-5 px-5 pt-1 pb-6 sm:grid-cols-2 sm:px-6">
      <TextSetting path={`${path}.name`} label="Name" />
      <TextSetting path={`${path}.purpose`} label="What it does" />
      <OneOf path={`${path}.role`} label="Role" choices={choicesOf(roleNames)} />
      <Around path={`${path}.country`}>
        <TextField
          label="Country"
          description="Two letters, as DE or US."
          maxLength={2}
          value={value.country}
          onChange={(country) => set({ ...value, country: country.toUpperCase() })}
        />
      </Around>
      <Around path={`${path}.safeguard`}>
        <Select
          label="Safeguard of a transfer abroad"
          value={value.safeguard ?? 'none'}
          onChange={(id: NonNullable<Recipient['safeguard']> | 'none') =>
            set({ ...value, safeguard: id === 'none' ? null : id })
          }
          choices={[{ id: 'none', label: 'None: it is inside the region' }, ...choicesOf(safeguardNames)]}
        />
      </Around>
      <TextSetting path={`${path}.agreement`} label="Data processing agreement" />
      <Lines
        path={`${path}.hosts`}
        label="Addresses it is called at"
        description="Host names, one a line. Services call no others for it."
      />
      <Button size="sm" className="self-start" onPress={onRemove}>
        <Trash2 aria-hidden="true" /> Take it off the list
      </Button>
    </div>
  )
}

function fresh(recipients: readonly Recipient[]): Recipient {
  let number = recipients.length + 1
  while (recipients.some(({ id }) => id === `recipient-${number}`)) number += 1
  return {
    id: `recipient-${number}`,
    name: 'New recipient',
    role: 'processor',
    purpose: 'does something for us',
    country: 'DE',
    safeguard: null,
    agreement: null,
    hosts: [],
  }
}
