import type { Instruction } from '@candor/contracts/privacy/instructions'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '../../api/api.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Meter } from '../../ui/meter.tsx'
import { Section } from '../../ui/page.tsx'
import { Row, Rows } from '../../ui/rows.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { Time } from '../../ui/time.tsx'
import { useNames } from '../team/use-names.ts'
import { contactsKey } from './contacts-key.ts'

/** What was added, corrected and deleted, how far that is, and the receipts. */
export function Instructions() {
  const client = useQueryClient()
  const { data: instructions = [] } = useQuery({
    queryKey: [...contactsKey, 'instructions'],
    queryFn: () => api.privacy.listInstructions.query({ limit: 10 }),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.some(({ endedAt }) => !endedAt) ? 1_000 : false),
  })
  const done = instructions.reduce((sum, instruction) => sum + instruction.done, 0)
  useEffect(() => void client.invalidateQueries({ queryKey: [...contactsKey, 'list'] }), [client, done])
  if (instructions.length === 0) return null
  return (
    <Section
      title="What was done"
      intro="Each with a signed receipt that names nobody and that anybody can verify."
      flush
    >
      <Rows label="What was done">
        {instructions.map((instruction) => (
          <InstructionRow key={instruction.id} instruction={instruction} />
        ))}
      </Rows>
    </Section>
  )
}

function InstructionRow({ instruction }: { instruction: Instruction }) {
  const { id, does, by, items, done, stopped, openedAt, endedAt, stoppedAt } = instruction
  const nameOf = useNames()
  return (
    <Row>
      <div className="min-w-0 flex-1 basis-60">
        <p className="font-medium">
          {words[does]} {items} {nounOf(does, items)}
        </p>
        <p className="text-sm text-muted">
          <Time at={openedAt} as="both" /> by {nameOf(by)}
        </p>
        {!endedAt && <Meter label="Done" value={done + stopped} max={items} text={`${done} of ${items}`} />}
      </div>
      {stopped > 0 && <Badge tone="wait">{stopped} stopped</Badge>}
      {endedAt ? <ReceiptButton id={id} /> : !stoppedAt && <StopButton id={id} />}
    </Row>
  )
}

function StopButton({ id }: { id: string }) {
  const client = useQueryClient()
  const stop = useMutation({
    mutationFn: () => api.privacy.stopInstruction.mutate({ instructionId: id }),
    onSettled: () => client.invalidateQueries({ queryKey: contactsKey }),
  })
  return (
    <Button size="sm" isPending={stop.isPending} onPress={() => stop.mutate()}>
      Stop
    </Button>
  )
}

function ReceiptButton({ id }: { id: string }) {
  const save = useMutation({
    mutationFn: () => api.privacy.getInstructionReceipt.query({ instructionId: id }),
    onSuccess: (file) =>
      saveFile({
        filename: `receipt-${id}.json`,
        mediaType: 'application/json',
        content: JSON.stringify(file, null, 2),
      }),
  })
  return (
    <Button size="sm" isPending={save.isPending} onPress={() => save.mutate()}>
      Receipt
    </Button>
  )
}

const words = { add: 'Added', correct: 'Corrected', erase: 'Deleted' }

function nounOf(does: Instruction['does'], items: number): string {
  const noun = does === 'correct' ? 'field' : 'contact'
  return items === 1 ? noun : `${noun}s`
}
