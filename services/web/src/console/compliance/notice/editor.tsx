import type { PackId } from '@candor/contracts/policy/tenant-rules'
import type { PolicyDraft, PublishedNotice } from '@candor/contracts/privacy/notice-schemas'
import { diffPolicies } from '@candor/policy/diff-policies'
import { useMutation } from '@tanstack/react-query'
import { Suspense, lazy, useMemo, useState } from 'react'
import { api } from '../../../api/api.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Section } from '../../../ui/page.tsx'
import { problemOf } from '../../../ui/problem.ts'
import { Segmented } from '../../../ui/segmented.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { ChoosePack } from './choose-pack.tsx'
import { EditingContext, changedAt } from './editing.ts'
import { Publish } from './publish.tsx'
import { settingName } from './setting-words.ts'
import { Categories } from './settings/categories.tsx'
import { Cookies } from './settings/cookies.tsx'
import { House } from './settings/house.tsx'
import { Recipients } from './settings/recipients.tsx'
import { Rights } from './settings/rights.tsx'
import { Visitors } from './settings/visitors.tsx'

/** The policy as it is edited: its settings, the notice that it makes, and what publishing it would do. */
export function Editor({ draft, published }: { draft: PolicyDraft; published: PublishedNotice }) {
  const [{ pack, policy }, setEdited] = useState({ pack: draft.pack, policy: draft.policy })
  const [view, setView] = useState<'settings' | 'text' | 'publish'>('settings')
  const [startedAnew, setStartedAnew] = useState(0)
  const changes = useMemo(() => diffPolicies(published.policy, policy), [published.policy, policy])
  const save = useMutation({
    mutationFn: () =>
      api.privacy.savePolicyDraft.mutate({ pack, policy: withTextVersion(policy, published.policy) }),
    onSuccess: () => setView('publish'),
    onError: () => setView('settings'),
  })
  const problems = save.error ? problemsOf(save.error) : []
  const significant = changes.filter((change) => change.significant).length
  const edit = (next: { pack: PackId; policy: typeof policy }) => {
    setEdited(next)
    save.reset()
  }
  return (
    <EditingContext
      value={{
        policy,
        published: published.policy,
        problems,
        change: (path, value) => {
          setEdited({ pack, policy: changedAt(policy, path, value) })
          if (view === 'publish') setView('settings')
        },
      }}
    >
      <div className="max-w-xl">
        <Segmented
          label="View"
          value={view}
          onChange={(next) => (next === 'publish' ? save.mutate() : setView(next))}
          choices={[
            { id: 'settings', label: 'Settings' },
            { id: 'text', label: 'Notice text' },
            { id: 'publish', label: 'Publish' },
          ]}
        />
      </div>
      {save.error !== null && <Problems error={save.error} problems={problems} />}
      {view === 'settings' && (
        <div key={startedAnew} className="flex flex-col gap-6">
          <ChoosePack
            pack={pack}
            onChoose={(next) => {
              edit(next)
              setStartedAnew((count) => count + 1)
            }}
          />
          <Section title="What is kept, and for how long">
            <Categories />
          </Section>
          <Section title="Visitors" intro="What they are asked, and what is never stored.">
            <Visitors />
          </Section>
          <Section
            title="Cookies"
            intro="Everything that may be left in a visitor's browser. Nothing else is, and what is not essential is asked for first."
          >
            <Cookies />
          </Section>
          <Section title="Rights" intro="What people can ask for, and by when it is answered.">
            <Rights />
          </Section>
          <Section
            title="Recipients"
            intro="Everybody else who receives personal data. Services call nobody else."
          >
            <Recipients />
          </Section>
          <Section title="Your house">
            <House />
          </Section>
        </div>
      )}
      {view === 'text' && (
        <Suspense fallback={<Skeleton lines={8} />}>
          <NoticeText pack={pack} policy={policy} />
        </Suspense>
      )}
      {view === 'publish' && save.data && <Publish savedAt={save.data.savedAt} published={published} />}
      {view !== 'publish' && changes.length > 0 && (
        <div className="sticky bottom-4 z-10 flex flex-wrap items-center justify-between gap-3 rounded-card border border-line bg-raised px-5 py-3 shadow-float">
          <p role="status" className="flex flex-wrap items-center gap-2">
            {changes.length === 1 ? '1 change' : `${changes.length} changes`} to version {published.version}
            {significant > 0 && <Badge tone="wait">{significant} significant</Badge>}
          </p>
          <div className="flex flex-wrap gap-2">
            <Button
              onPress={() => {
                edit({ pack: published.pack, policy: published.policy })
                setStartedAnew((count) => count + 1)
              }}
            >
              Take back
            </Button>
            <Button variant="primary" isPending={save.isPending} onPress={() => save.mutate()}>
              Save and look at the consequences
            </Button>
          </div>
        </div>
      )}
    </EditingContext>
  )
}

function Problems({
  error,
  problems,
}: {
  error: unknown
  problems: readonly { path: string; message: string }[]
}) {
  const { title, message } = problemOf(error)
  if (problems.length === 0) {
    return (
      <Notice tone="error" title={title}>
        {message}
      </Notice>
    )
  }
  return (
    <Notice tone="error" title="This cannot be promised as it is">
      <ul className="flex list-disc flex-col gap-1 pl-5">
        {problems.map(({ path, message: why }) => (
          <li key={`${path} ${why}`}>
            <span className="font-medium">{settingName(path)}:</span> {why}.
          </li>
        ))}
      </ul>
    </Notice>
  )
}

/** Without what the service puts before the paths, so that they are those of the policy. */
function problemsOf(error: unknown): { path: string; message: string }[] {
  return problemOf(error).fields.map(({ path, message }) => ({
    path: path.replace(/^policy\./, ''),
    message,
  }))
}

/** Another text is another version of the question. */
function withTextVersion(
  policy: PolicyDraft['policy'],
  published: PolicyDraft['policy'],
): PolicyDraft['policy'] {
  const { consent } = policy
  if (consent.text === published.consent.text || consent.textVersion > published.consent.textVersion)
    return policy
  return { ...policy, consent: { ...consent, textVersion: published.consent.textVersion + 1 } }
}

const NoticeText = lazy(async () => ({ default: (await import('./notice-text.tsx')).NoticeText }))
