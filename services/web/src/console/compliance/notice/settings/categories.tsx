import type { CategoryId, Channel } from '@candor/contracts/policy/categories'
import { legalBases } from '@candor/contracts/policy/categories'
import type { CategoryRule, Recipient } from '@candor/contracts/policy/policy'
import { purposes } from '@candor/contracts/purposes'
import { getCategory } from '@candor/policy/categories'
import { basisNames, categoryIdList, channelNames, choicesOf } from '../../words.ts'
import { useSetting } from '../editing.ts'
import { Fold } from '../fold.tsx'
import { OneOf, PeriodSetting, SomeOf, TextSetting } from '../fields.tsx'
import { valueText } from '../setting-words.ts'

/** How long each kind of data is kept, on what ground, what for and by whom. */
export function Categories() {
  return (
    <ul className="-mx-5 divide-y divide-line border-y border-line sm:-mx-6">
      {categoryIdList.map((id) => (
        <Category key={id} id={id} />
      ))}
    </ul>
  )
}

function Category({ id }: { id: CategoryId }) {
  const path = `categories.${id}`
  const { value, problem, isChanged } = useSetting<CategoryRule>(path)
  const { title } = getCategory(id)
  return (
    <li>
      <Fold
        title={title}
        facts={`${keptText(id, value)}, ${basisNames[value.basis].toLowerCase()}`}
        isChanged={isChanged}
        hasProblem={problem !== null}
      >
        <CategoryFields id={id} path={path} />
      </Fold>
    </li>
  )
}

function CategoryFields({ id, path }: { id: CategoryId; path: string }) {
  const { lasts, canBeAnonymised } = getCategory(id)
  const { value: recipients } = useSetting<Recipient[]>('recipients')
  const { value: byChannel } = useSetting<Partial<Record<Channel, object>>>(`${path}.retention.byChannel`)
  return (
    <div className="grid gap-x-6 gap-y-5 px-5 pt-1 pb-6 sm:grid-cols-2 sm:px-6">
      <PeriodSetting
        path={`${path}.retention.period`}
        label="Kept for"
        {...(lasts ? { none: lasts.toLowerCase() } : {})}
      />
      <OneOf
        path={`${path}.retention.disposition`}
        label="Afterwards"
        choices={[
          { id: 'delete', label: 'It is deleted' },
          ...(canBeAnonymised ? [{ id: 'anonymise', label: 'It is made anonymous' }] : []),
        ]}
      />
      {(Object.keys(byChannel) as Channel[]).map((channel) => (
        <PeriodSetting
          key={channel}
          path={`${path}.retention.byChannel.${channel}`}
          label={`Kept for, by ${channelNames[channel]}`}
        />
      ))}
      <OneOf
        path={`${path}.basis`}
        label="Legal basis"
        choices={legalBases.map((basis) => ({ id: basis, label: basisNames[basis] }))}
      />
      <TextSetting path={`${path}.because`} label="Because" />
      <div className="sm:col-span-2">
        <SomeOf
          path={`${path}.purposes`}
          label="What it is used for"
          choices={choicesOf(purposes).filter(({ id: purpose }) => purpose !== 'none')}
        />
      </div>
      <div className="sm:col-span-2">
        <SomeOf
          path={`${path}.recipients`}
          label="Who else receives it"
          choices={recipients.map(({ id: recipient, name }) => ({ id: recipient, label: name }))}
        />
      </div>
    </div>
  )
}

function keptText(id: CategoryId, { retention: { period } }: CategoryRule): string {
  const { counts, lasts } = getCategory(id)
  return period ? `${valueText(period)} ${counts}` : (lasts ?? 'As long as it is needed')
}
