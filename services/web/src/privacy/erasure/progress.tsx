import type { PrivacyRequest } from '@candor/contracts/privacy/request-shapes'
import { Check, Circle } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Notice } from '../../ui/notice.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { serviceNames } from '../service-names.ts'

/** How far each part of the service is, step by step. */
export function Progress({ request: { progress } }: { request: PrivacyRequest }) {
  const isSlow = useIsAfter(slowAfterMs)
  return (
    <>
      <div className="card overflow-hidden shadow-card">
        <table className="w-full text-left text-[0.9375rem]">
          <thead className="border-b border-line text-sm text-muted">
            <tr>
              <th scope="col" className="py-3 pr-2 pl-5 font-medium sm:pl-6">
                Part of the service
              </th>
              {steps.map(({ step, title }) => (
                <th key={step} scope="col" className="w-[18%] px-1 py-3 text-center font-medium">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {progress.map(({ service, done }) => (
              <tr key={service}>
                <th scope="row" className="py-3.5 pr-2 pl-5 font-medium sm:pl-6">
                  {serviceNames[service]}
                </th>
                {steps.map(({ step }, index) => (
                  <td key={step} className="px-1 py-3.5 text-center">
                    <State isDone={done.includes(step)} isNext={done.length === index} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p role="status" className="sr-only">
        {steps
          .map(({ step, title }) => `${title} in ${countDone(progress, step)} of ${progress.length}`)
          .join(', ')}
      </p>
      <dl className="grid gap-3 text-[0.9375rem] sm:grid-cols-3">
        {steps.map(({ step, title, text }) => (
          <div key={step}>
            <dt className="font-semibold">{title}</dt>
            <dd className="text-pretty text-muted">{text}</dd>
          </div>
        ))}
      </dl>
      {isSlow && (
        <Notice tone="wait" title="One part does not answer just now">
          You are hidden where it says so. The rest is tried again until it is done.
        </Notice>
      )}
    </>
  )
}

function State({ isDone, isNext }: { isDone: boolean; isNext: boolean }) {
  if (isDone) {
    return (
      <span className="inline-flex size-7 items-center justify-center rounded-full bg-good-soft text-good-text">
        <Check aria-hidden="true" className="size-4" />
        <span className="sr-only">done</span>
      </span>
    )
  }
  return (
    <span className="inline-flex size-7 items-center justify-center text-muted">
      {isNext ? <Spinner /> : <Circle aria-hidden="true" className="size-3" />}
      <span className="sr-only">{isNext ? 'under way' : 'to come'}</span>
    </span>
  )
}

function countDone(progress: PrivacyRequest['progress'], step: Step): number {
  return progress.filter(({ done }) => done.includes(step)).length
}

function useIsAfter(delayMs: number): boolean {
  const [isAfter, setAfter] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setAfter(true), delayMs)
    return () => clearTimeout(timer)
  }, [delayMs])
  return isAfter
}

const slowAfterMs = 20_000
const steps = [
  { step: 'hidden', title: 'Hidden', text: 'Nobody sees anything about you any more.' },
  { step: 'erased', title: 'Erased', text: 'Records are deleted or no longer lead to you.' },
  { step: 'verified', title: 'Checked', text: 'A search for you finds nothing left over.' },
] as const

type Step = PrivacyRequest['progress'][number]['done'][number]
