import { CopyButton } from '../../ui/copy-button.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { useNotice } from '../notice-context.ts'
import { Step } from '../step.tsx'

/** What whoever asked takes along. */
export function Opened({ reference, isAnswered }: { reference: string; isAnswered: boolean }) {
  const { business } = useNotice()
  return (
    <Step title="Your message has arrived" width="max-w-2xl">
      <p className="text-pretty">
        The privacy team of {business.name} has it.{' '}
        {isAnswered
          ? 'The answer comes by mail, and so does this reference:'
          : 'You left no address, so keep this reference:'}
      </p>
      <p className="flex flex-wrap items-center gap-3">
        <output aria-label="Reference" className="text-lg font-semibold tabular-nums">
          {reference}
        </output>
        <CopyButton text={reference} />
      </p>
      <p>
        <TextLink href="/">Back to the privacy notice</TextLink>
      </p>
    </Step>
  )
}
