import type { Cookie } from '@candor/contracts/policy/policy'
import { Plus, Trash2 } from 'lucide-react'
import { Button } from '../../../../ui/button.tsx'
import { choicesOf, cookieKindNames, storageNames } from '../../words.ts'
import { useSetting } from '../editing.ts'
import { OneOf, PeriodSetting, TextSetting } from '../fields.tsx'
import { Fold } from '../fold.tsx'

/** What may be left in a visitor's browser: the register that the cookie page shows. */
export function Cookies() {
  const { value: cookies, set } = useSetting<Cookie[]>('cookies')
  return (
    <div className="flex flex-col gap-4">
      <ul className="-mx-5 divide-y divide-line border-y border-line sm:-mx-6">
        {cookies.map((_, at) => (
          // Its name is being typed; with another number of them the places mean others.
          <li key={`${at} of ${cookies.length}`}>
            <CookieFold at={at} onRemove={() => set(cookies.toSpliced(at, 1))} />
          </li>
        ))}
      </ul>
      <Button className="self-start" size="sm" onPress={() => set([...cookies, fresh(cookies)])}>
        <Plus aria-hidden="true" /> Add a cookie
      </Button>
    </div>
  )
}

function CookieFold({ at, onRemove }: { at: number; onRemove: () => void }) {
  const path = `cookies.${at}`
  const { value, problem, isChanged } = useSetting<Cookie>(path)
  return (
    <Fold
      title={value.name}
      facts={`${cookieKindNames[value.kind]}, ${storageNames[value.storage].toLowerCase()}`}
      isChanged={isChanged}
      hasProblem={problem !== null}
    >
      <div className="grid gap-5 px-5 pt-1 pb-6 sm:grid-cols-2 sm:px-6">
        <TextSetting
          path={`${path}.name`}
          label="Name"
          description="One that ends in * stands for all that begin so."
        />
        <TextSetting path={`${path}.purpose`} label="What it does" />
        <OneOf path={`${path}.kind`} label="Kind" choices={choicesOf(cookieKindNames)} />
        <OneOf path={`${path}.storage`} label="Where it lies" choices={choicesOf(storageNames)} />
        <PeriodSetting path={`${path}.lifetime`} label="Stays for" none="until it is ended" />
        <Button size="sm" className="self-end justify-self-start" onPress={onRemove}>
          <Trash2 aria-hidden="true" /> Take it off the list
        </Button>
      </div>
    </Fold>
  )
}

function fresh(cookies: readonly Cookie[]): Cookie {
  let number = cookies.length + 1
  while (cookies.some(({ name }) => name === `cookie-${number}`)) number += 1
  return {
    name: `cookie-${number}`,
    kind: 'essential',
    storage: 'cookie',
    purpose: 'Does something for the visitor',
    lifetime: { days: 30 },
  }
}
