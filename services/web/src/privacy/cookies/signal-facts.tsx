import type { ConsentPrompt } from '@candor/contracts/privacy/consent-schemas'

/** What the notice makes of each signal, and whether this browser sends one. */
export function SignalFacts({ prompt }: { prompt: ConsentPrompt }) {
  const { doNotTrack, globalPrivacyControl } = prompt.signals
  return (
    <section aria-labelledby="signals">
      <h2 id="signals" className="text-xl font-semibold">
        Signals of your browser
      </h2>
      <ul className="mt-2 flex list-disc flex-col gap-1 pl-5">
        <li>Do Not Track: {told[doNotTrack]}</li>
        <li>Global Privacy Control: {told[globalPrivacyControl]}</li>
      </ul>
      <p className="mt-2 text-muted">
        {prompt.refusedBySignal.length > 0
          ? 'Your browser sends a signal that is obeyed here: statistics, advertising and marketing are off for you.'
          : 'Your browser sends no signal that changes anything here.'}
      </p>
    </section>
  )
}

const told = {
  obeyed: 'obeyed. It refuses statistics, advertising and marketing, also where you agreed before.',
  ignored: 'not acted on. What you choose in the banner counts.',
} as const
