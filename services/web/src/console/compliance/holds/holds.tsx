import type { CategoryId } from '@candor/contracts/policy/categories'
import type { Hold } from '@candor/contracts/privacy/notice-schemas'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Landmark } from 'lucide-react'
import { api } from '../../../api/api.ts'
import { Async } from '../../../ui/async.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/confirm.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Section } from '../../../ui/page.tsx'
import { Row, Rows } from '../../../ui/rows.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { Time } from '../../../ui/time.tsx'
import { toast, toastProblem } from '../../../ui/toast.tsx'
import { FormDialog } from '../../form-dialog.tsx'
import { OfficePage } from '../office-page.tsx'
import { holdsQuery, officeKey } from '../queries.ts'
import { categoryChoices, categoryTitle } from '../words.ts'

export function Holds() {
  const query = useQuery(holdsQuery)
  return (
    <OfficePage
      title="Legal holds"
      intro="What a law has you keep, whatever your notice says. Neither the nightly deletion nor an erasure touches it; when it ends, both go on by themselves."
      actions={<PlaceHold />}
    >
      <Async query={query} lines={4}>
        {(holds) =>
          holds.length === 0 ? (
            <div className="card shadow-card">
              <EmptyState icon={Landmark} title="Nothing is on hold">
                Place a hold when a dispute or an authority has you keep something for longer.
              </EmptyState>
            </div>
          ) : (
            <Section title="Holds" flush>
              <Rows label="Holds">
                {holds.map((hold) => (
                  <HoldRow key={hold.id} hold={hold} />
                ))}
              </Rows>
            </Section>
          )
        }
      </Async>
    </OfficePage>
  )
}

function HoldRow({ hold }: { hold: Hold }) {
  const client = useQueryClient()
  const release = useMutation({
    mutationFn: () => api.privacy.releaseHold.mutate({ holdId: hold.id }),
    onSuccess: () => {
      void client.invalidateQueries(holdsQuery)
      toast('Released. What waited for it goes on.')
    },
    onError: toastProblem,
  })
  return (
    <Row>
      <div className="min-w-0 flex-1 basis-52">
        <p className="font-medium">{categoryTitle(hold.category)}</p>
        <p className="text-sm text-muted">
          {hold.law}, {hold.owner} answers for it; since <Time at={hold.placedAt} />
          {hold.until && (
            <>
              , until <Time at={hold.until} />
            </>
          )}
        </p>
      </div>
      {hold.endedAt ? (
        <Badge>
          ended <Time at={hold.endedAt} />
        </Badge>
      ) : (
        <Confirm
          title="Release this hold?"
          confirmLabel="Release"
          onConfirm={() => release.mutate()}
          trigger={
            <Button size="sm" isPending={release.isPending}>
              Release
            </Button>
          }
        >
          What is past its period goes at the next sweep, and erasures that waited for it go on at once.
        </Confirm>
      )}
    </Row>
  )
}

function PlaceHold() {
  return (
    <FormDialog
      label="Place a hold"
      variant="primary"
      title="Place a legal hold"
      submitLabel="Place the hold"
      onSubmit={({ category = '', law = '', owner = '', until }) =>
        api.privacy.placeHold.mutate({
          category: category as CategoryId,
          law,
          owner,
          until: until ? `${until}T00:00:00.000Z` : null,
        })
      }
      changes={[...officeKey, 'holds']}
      said="Placed. Every service keeps it from now on."
    >
      <Select
        name="category"
        label="What is kept"
        defaultValue="purchase-records"
        choices={categoryChoices}
      />
      <TextField name="law" label="By which law or order" isRequired maxLength={200} autoFocus />
      <TextField name="owner" label="Who answers for it" isRequired maxLength={120} />
      <TextField name="until" label="Until" type="date" description="Empty: until it is released." />
    </FormDialog>
  )
}
