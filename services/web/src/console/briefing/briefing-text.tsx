import type { Briefing } from '@candor/contracts/privacy/registers'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { briefingQuery } from './briefing-query.ts'

/** The briefing to read, with the button that says one has. `onDone` runs before the button comes to rest. */
export function BriefingText({ briefing, onDone }: BriefingTextProps) {
  const client = useQueryClient()
  const acknowledge = useMutation({
    mutationFn: async () => {
      const acknowledged = await api.privacy.acknowledgeBriefing.mutate({ version: briefing.version })
      await onDone?.()
      return acknowledged
    },
    onSuccess: (acknowledged) => client.setQueryData(briefingQuery.queryKey, acknowledged),
    onError: () => void client.invalidateQueries(briefingQuery),
  })
  return (
    <section aria-labelledby="briefing" className="card p-5 shadow-card sm:p-6">
      <h2 id="briefing" className="text-lg font-semibold">
        {briefing.title}
      </h2>
      <ol className="mt-4 flex list-decimal flex-col gap-2.5 pl-6 text-pretty marker:text-muted">
        {pointsOf(briefing.text).map((point) => (
          <li key={point} className="pl-1">
            {point}
          </li>
        ))}
      </ol>
      <div className="mt-6 flex flex-col items-start gap-4">
        <ProblemNotice error={acknowledge.error} />
        <Button variant="primary" isPending={acknowledge.isPending} onPress={() => acknowledge.mutate()}>
          I have read it and will keep to it
        </Button>
      </div>
    </section>
  )
}

/** The points of the text, each on a line that begins with its number. */
function pointsOf(text: string): string[] {
  return text.split(/^\d+\.\s+/m).flatMap((point) => point.trim() || [])
}

interface BriefingTextProps {
  briefing: Briefing
  onDone?: () => Promise<void>
}
