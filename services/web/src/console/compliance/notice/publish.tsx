import type { CategoryId } from '@candor/contracts/policy/categories'
import type { PublishedNotice } from '@candor/contracts/privacy/notice-schemas'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { api } from '../../../api/api.ts'
import { Async } from '../../../ui/async.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkbox, Checkboxes } from '../../../ui/checkboxes.tsx'
import { Form } from '../../../ui/form.tsx'
import { Section } from '../../../ui/page.tsx'
import { Shares } from '../../../ui/shares.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { Time } from '../../../ui/time.tsx'
import { toast } from '../../../ui/toast.tsx'
import { officeKey } from '../queries.ts'
import { categoryTitle } from '../words.ts'
import { ChangeList } from './change-list.tsx'
import { previewQuery } from './notice-queries.ts'
import type { PolicyPreview } from './notice-queries.ts'
import { settingName } from './setting-words.ts'

/** What the draft would change from a day on, and the button that makes it the next version. */
export function Publish({ savedAt, published }: { savedAt: string | null; published: PublishedNotice }) {
  const [day, setDay] = useState('')
  const effectiveAt = day ? `${day}T00:00:00.000Z` : null
  const query = useQuery(previewQuery(effectiveAt, savedAt))
  return (
    <Async query={query} lines={8}>
      {(preview) => (
        <>
          <Section
            title={`What differs from version ${published.version}`}
            actions={
              <Badge tone={preview.isSignificant ? 'wait' : 'good'}>
                {preview.isSignificant ? 'Significant: people are told' : 'Not significant'}
              </Badge>
            }
          >
            <ChangeList changes={preview.changes} />
          </Section>
          {preview.changes.length > 0 && (
            <>
              <Promises preview={preview} />
              <FirstNight preview={preview} />
              <PublishForm
                key={preview.confirmation?.token ?? effectiveAt}
                preview={preview}
                day={day}
                onDay={setDay}
                effectiveAt={effectiveAt}
              />
            </>
          )}
        </>
      )}
    </Async>
  )
}

/** What the notice of the pack says and this one no longer can, and what it still leaves open. */
function Promises({ preview: { withdrawn, unfilled } }: { preview: PolicyPreview }) {
  if (withdrawn.length === 0 && unfilled.length === 0) return null
  return (
    <Section title="What the notice leaves out">
      {withdrawn.length > 0 && (
        <>
          <p>These promises of the pack are not made, for the settings do not keep them:</p>
          <ul className="mt-2 flex list-disc flex-col gap-1.5 pl-5">
            {withdrawn.map(({ clause, text }) => (
              <li key={clause}>{text}</li>
            ))}
          </ul>
        </>
      )}
      {unfilled.length > 0 && (
        <p className="mt-2 first:mt-0">Only you can fill in: {unfilled.map(settingName).join(', ')}.</p>
      )}
    </Section>
  )
}

function FirstNight({ preview }: { preview: PolicyPreview }) {
  const byCategory = Object.entries(Object.groupBy(preview.firstNight, ({ category }) => category))
  const values = byCategory.flatMap(([category, counts = []]) => {
    const rows = counts.reduce((sum, count) => sum + count.rows, 0)
    return rows === 0 ? [] : [{ key: category, label: categoryTitle(category), count: rows }]
  })
  return (
    <Section
      title="The first night"
      intro={
        <>
          What would be past its period on <Time at={preview.effectiveAt} as="both" />, counted now in every
          service.
        </>
      }
    >
      {values.length === 0 ? (
        <p>Nothing would go.</p>
      ) : (
        <Shares label="Records that go in the first night" of="Category" unit="Records" values={values} />
      )}
    </Section>
  )
}

function PublishForm({ preview, day, onDay, effectiveAt }: PublishFormProps) {
  const client = useQueryClient()
  const [, navigate] = useLocation()
  const [onlyNew, setOnlyNew] = useState<CategoryId[]>([])
  const [isConfirmed, setConfirmed] = useState(false)
  const rows = preview.firstNight.reduce((sum, count) => sum + count.rows, 0)
  const publish = useMutation({
    mutationFn: () =>
      api.privacy.publishPolicy.mutate({
        ...(effectiveAt ? { effectiveAt } : {}),
        ...(preview.confirmation ? { confirmation: preview.confirmation.token } : {}),
        onlyNew,
      }),
    onSuccess: ({ version }) => {
      toast(`Version ${version} is published.`)
      navigate('/compliance/notice/versions')
      void client.invalidateQueries({ queryKey: officeKey })
    },
  })
  const isAgreed =
    (preview.confirmation === null || isConfirmed) && preview.longer.every((id) => onlyNew.includes(id))
  return (
    <Section
      title="Publish"
      intro="Every service obeys the new version within a second of its taking effect."
    >
      <Form error={publish.error} onSubmit={() => publish.mutate()} label="Publish">
        <div className="max-w-xs">
          <TextField
            label="Takes effect on"
            description="Empty: at once. A day begins at midnight UTC."
            type="date"
            name="effectiveAt"
            value={day}
            onChange={onDay}
          />
        </div>
        {preview.longer.length > 0 && (
          <Checkboxes
            label="Kept longer than people were promised"
            description="That is possible for what is collected from then on; what you hold keeps the shorter period."
            choices={preview.longer.map((id) => ({
              id,
              label: `${categoryTitle(id)}: only for what is new`,
            }))}
            columns=""
            value={onlyNew}
            onChange={setOnlyNew}
          />
        )}
        {preview.confirmation && (
          <Checkbox isSelected={isConfirmed} onChange={setConfirmed}>
            {preview.shorter.map(categoryTitle).join('; ')}: kept for less time. I have seen that{' '}
            {rows === 1 ? '1 record goes' : `${rows} records go`} in the first night and cannot be brought
            back.
          </Checkbox>
        )}
        <Button
          type="submit"
          variant="primary"
          isPending={publish.isPending}
          isDisabled={!isAgreed}
          className="self-start"
        >
          Publish version {preview.since + 1}
        </Button>
      </Form>
    </Section>
  )
}

interface PublishFormProps {
  preview: PolicyPreview
  day: string
  onDay: (day: string) => void
  effectiveAt: string | null
}
