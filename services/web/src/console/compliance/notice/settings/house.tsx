import type { Policy } from '@candor/contracts/policy/policy'
import { Switch } from '../../../../ui/switch.tsx'
import { agreementNames, announcementNames, choicesOf, providerNames } from '../../words.ts'
import { useSetting } from '../editing.ts'
import { Around, Lines, OneOf, PeriodSetting, SomeOf, TextSetting, YesNo } from '../fields.tsx'

/** How the business itself works: whom to ask, who is briefed, what authorities get, what is signed and announced. */
export function House() {
  return (
    <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2">
      <TextSetting
        path="contact.email"
        label="Address for questions"
        description="Without one people use the form of your privacy page."
        type="email"
      />
      <OneOf
        path="region"
        label="Region the data is kept in"
        choices={[
          { id: 'eea', label: 'European Economic Area' },
          { id: 'uk', label: 'United Kingdom' },
          { id: 'us', label: 'United States' },
        ]}
      />
      <Officer />
      <Awareness />
      <Lines
        path="disclosure.grounds"
        label="Grounds for disclosures to authorities"
        description="One a line. Nothing is disclosed on any other."
      />
      <YesNo path="disclosure.secondApproval" label="A second person approves disclosures" />
      <SomeOf path="agreements" label="Agreements you enter" choices={choicesOf(agreementNames)} columns="" />
      <SomeOf
        path="announcements"
        label="How a changed notice is announced"
        choices={choicesOf(announcementNames)}
        columns=""
      />
      <SomeOf
        path="paymentProviders"
        label="Payment providers"
        choices={choicesOf(providerNames)}
        columns=""
      />
    </div>
  )
}

function Officer() {
  const { value, set } = useSetting<Policy['contact']['officer']>('contact.officer')
  return (
    <div className="sm:col-span-2">
      <Around path="contact.officer">
        <Switch isSelected={value !== null} onChange={(isOn) => set(isOn ? { name: '', email: '' } : null)}>
          You have a data protection officer
        </Switch>
        {value && (
          <div className="mt-3 grid gap-4 sm:grid-cols-2">
            <TextSetting path="contact.officer.name" label="Name of the officer" />
            <TextSetting path="contact.officer.email" label="E-mail of the officer" type="email" />
          </div>
        )}
      </Around>
    </div>
  )
}

function Awareness() {
  const { value, set } = useSetting<Policy['awareness']>('awareness')
  return (
    <div className="sm:col-span-2">
      <Around path="awareness">
        <Switch
          isSelected={value !== null}
          onChange={(isOn) => set(isOn ? { every: { months: 12 }, blocksAccess: true } : null)}
        >
          Staff acknowledge a privacy briefing
        </Switch>
        {value && (
          <div className="mt-3 grid items-end gap-4 sm:grid-cols-2">
            <PeriodSetting path="awareness.every" label="Again every" />
            <YesNo path="awareness.blocksAccess" label="Who is overdue sees no personal data" />
          </div>
        )}
      </Around>
    </div>
  )
}
