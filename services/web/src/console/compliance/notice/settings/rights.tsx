import type { Policy } from '@candor/contracts/policy/policy'
import { requestKinds } from '@candor/contracts/policy/request-kinds'
import { kindNames } from '../../../../privacy/requests/request-states.tsx'
import { Switch } from '../../../../ui/switch.tsx'
import { choicesOf, proofNames } from '../../words.ts'
import { useSetting } from '../editing.ts'
import { Amount, Around, PeriodSetting, SomeOf } from '../fields.tsx'

/** What people can ask for and by when, and how they show who they are. */
export function Rights() {
  const { value: rights, set } = useSetting<Policy['rights']>('rights')
  return (
    <div className="flex flex-col gap-6">
      <SomeOf path="identityProof" label="How people prove who they are" choices={choicesOf(proofNames)} />
      <ul className="flex flex-col divide-y divide-line border-y border-line">
        {requestKinds.map((kind) => (
          <li key={kind} className="py-3">
            <Around path={`rights.${kind}`}>
              <Switch
                isSelected={kind in rights}
                onChange={(isOffered) => {
                  const { [kind]: _, ...others } = rights
                  set(isOffered ? { ...rights, [kind]: { within: { months: 1 }, extension: null } } : others)
                }}
              >
                {kindNames[kind]}
              </Switch>
              {kind in rights && (
                <div className="mt-3 grid gap-4 sm:grid-cols-2">
                  <PeriodSetting path={`rights.${kind}.within`} label="Answered within" />
                  <PeriodSetting
                    path={`rights.${kind}.extension`}
                    label="Can be extended by"
                    none="not at all"
                  />
                </div>
              )}
            </Around>
          </li>
        ))}
      </ul>
      <Minors />
    </div>
  )
}

function Minors() {
  const { value, set } = useSetting<Policy['minors']>('minors')
  return (
    <Around path="minors">
      <Switch
        isSelected={value !== null}
        onChange={(isOn) => set(isOn ? { minimumAge: 16, eraseWithin: { days: 3 } } : null)}
      >
        People have to be of a certain age
      </Switch>
      {value && (
        <div className="mt-3 grid gap-4 sm:grid-cols-2">
          <Amount path="minors.minimumAge" label="Minimum age" />
          <PeriodSetting path="minors.eraseWithin" label="A minor’s account is erased within" />
        </div>
      )}
    </Around>
  )
}
