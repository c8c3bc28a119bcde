import { useQuery } from '@tanstack/react-query'
import { renewUntilBriefed } from '../../api/session.ts'
import { Async } from '../../ui/async.tsx'
import { Button } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { PublicShell } from '../../ui/public-shell.tsx'
import { toast } from '../../ui/toast.tsx'
import { leave } from '../account.ts'
import { briefingQuery } from './briefing-query.ts'
import { BriefingText } from './briefing-text.tsx'

/** Stands before the console while the briefing is overdue: nothing about people opens until it is acknowledged. */
export function BriefingGate() {
  const query = useQuery({ ...briefingQuery, staleTime: 0 })
  return (
    <PublicShell
      aside={
        <Button size="sm" variant="quiet" onPress={() => void leave()}>
          Sign out
        </Button>
      }
    >
      <Page
        title="First, the privacy briefing"
        intro="It is due. Your notice promises that nobody sees what visitors wrote without having read it, so everything else waits. Once you have acknowledged it you go on where you were."
        width="max-w-3xl"
      >
        <Async query={query} lines={8}>
          {(briefing) => <BriefingText briefing={briefing} onDone={goOn} />}
        </Async>
      </Page>
    </PublicShell>
  )
}

async function goOn(): Promise<void> {
  if (!(await renewUntilBriefed()))
    toast('It is noted, but not known everywhere yet. Please press once more.')
}
