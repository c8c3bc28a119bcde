import { TextField } from '../../../../ui/text-field.tsx'
import { choicesOf, consentNames, newsNames, patternNames, signalNames } from '../../words.ts'
import { useSetting } from '../editing.ts'
import { Around, Lines, OneOf, PeriodSetting, SomeOf } from '../fields.tsx'

/** What visitors are asked, which signals of their browsers count, and what is never stored. */
export function Visitors() {
  const { value: consent, set } = useSetting<{ text: string; textVersion: number }>('consent')
  const { value: published } = useSetting<string[]>('consent.asked')
  return (
    <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2">
      <div className="sm:col-span-2">
        <SomeOf path="consent.asked" label="What consent is asked for" choices={choicesOf(consentNames)} />
      </div>
      <OneOf
        path="consent.prompt"
        label="How it is asked for"
        description={
          published.length === 0
            ? 'Nothing is asked for, so nothing is shown.'
            : 'Refusing is one click, like agreeing.'
        }
        choices={[
          { id: 'banner', label: 'In a banner at the first visit' },
          { id: 'none', label: 'Not at all' },
        ]}
      />
      <Around path="consent.text">
        <TextField
          label="Text of the question"
          description={`Version ${consent.textVersion}: each record says which version was shown.`}
          rows={4}
          maxLength={2000}
          value={consent.text}
          onChange={(text) => set({ ...consent, text })}
        />
      </Around>
      <OneOf path="signals.doNotTrack" label="Do Not Track" choices={choicesOf(signalNames)} />
      <OneOf
        path="signals.globalPrivacyControl"
        label="Global Privacy Control"
        choices={choicesOf(signalNames)}
      />
      <OneOf
        path="visitorAddress.derive"
        label="Derived from the network address"
        choices={[
          { id: 'nothing', label: 'Nothing' },
          { id: 'country', label: 'The country' },
        ]}
      />
      <PeriodSetting path="visitorAddress.keep" label="The address is kept for" none="not at all" />
      <SomeOf
        path="guard.patterns"
        label="Masked before it is stored"
        choices={choicesOf(patternNames)}
        columns=""
      />
      <Lines path="guard.keywords" label="Words that are masked" description="One a line." />
      <OneOf
        path="marketing.serviceNews"
        label="News about the service"
        choices={pick('opt-out', 'opt-in', 'never')}
      />
      <OneOf path="marketing.other" label="Other marketing" choices={pick('opt-in', 'never')} />
      <OneOf
        path="marketing.campaigns"
        label="Campaigns to your own customers"
        choices={pick('instructed', 'never')}
      />
    </div>
  )
}

function pick<Id extends keyof typeof newsNames>(...ids: Id[]): { id: Id; label: string }[] {
  return ids.map((id) => ({ id, label: newsNames[id] }))
}
