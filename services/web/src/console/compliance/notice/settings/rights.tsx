import type { Policy, RequestKind } from '@candor/contracts/policy/policy'
import { requestKinds } from '@candor/contracts/policy/request-kinds'
import { kindNames } from '../../../../privacy/requests/request-states.tsx'
import { Switch } from '../../../../ui/switch.tsx'
import { choicesOf, proofNames } from '../../words.ts'
import { useSetting } from '../editing.ts'
import { Amount, Around, PeriodSetting, SomeOf } from '../fields.tsx'
import { Fold } from '../fold.tsx'
import { valueText } from '../setting-words.ts'

/** What people can ask for and by when, and how they show who they are. */
export function Rights() {
  return (
    <div className="flex flex-col gap-6">
      <SomeOf path="identityProof" label="How people prove who they are" choices={choicesOf(proofNames)} />
      <ul className="-mx-5 divide-y divide-line border-y border-line sm:-mx-6">
        {requestKinds.map((kind) => (
          <Right key={kind} kind={kind} />
        ))}
      </ul>
      <Minors />
    </div>
  )
}

function Right({ kind }: { kind: RequestKind }) {
  const path = `rights.${kind}`
  const { value, set, problem, isChanged } = useSetting<Policy['rights'][RequestKind]>(path)
  return (
    <li>
      <Fold
        title={kindNames[kind]}
        facts={value ? limitText(value) : 'not offered'}
        isChanged={isChanged}
        hasProblem={problem !== null}
      >
        <div className="px-5 pt-1 pb-6 sm:px-6">
          <Around path={path}>
            <Switch
              isSelected={value !== undefined}
              onChange={(isOffered) =>
                set(isOffered ? { within: { months: 1 }, extension: null } : undefined)
              }
            >
              Offered
            </Switch>
            {value && (
              <div className="mt-3 grid gap-4 sm:grid-cols-2">
                <PeriodSetting path={`${path}.within`} label="Answered within" />
                <PeriodSetting path={`${path}.extension`} label="Can be extended by" none="not at all" />
              </div>
            )}
          </Around>
        </div>
      </Fold>
    </li>
  )
}

function limitText({ within, extension }: NonNullable<Policy['rights'][RequestKind]>): string {
  return `within ${valueText(within)}${extension ? `, ${valueText(extension)} longer if need be` : ''}`
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
