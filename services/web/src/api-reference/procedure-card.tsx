import type { ReactNode } from 'react'
import { Badge } from '../ui/badge.tsx'
import type { BadgeTone } from '../ui/badge.tsx'
import { layOutType } from './lay-out-type.ts'
import type { ProcedureReference } from './reference.ts'

export function ProcedureCard({ service, procedure }: { service: string; procedure: ProcedureReference }) {
  const { name, kind, summary, callers, purpose, input, output, errors, isInternal } = procedure
  return (
    <li id={`${service}.${name}`} className="card scroll-mt-24 p-5 shadow-card sm:p-6">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h3 className="min-w-0 font-mono text-[1.0625rem] font-semibold break-all">
          <span className="font-normal text-muted">{service}.</span>
          {name}
        </h3>
        <Badge tone={tones[kind]}>{kind}</Badge>
        {isInternal && <Badge>internal</Badge>}
      </div>
      <p className="mt-2 max-w-[70ch] text-pretty">{summary}</p>
      <dl className="mt-4 grid gap-x-6 gap-y-3 text-[0.9375rem] sm:grid-cols-[7.5rem_minmax(0,1fr)]">
        <Fact label="May call">{callers.join(', ')}</Fact>
        <Fact label="Purpose">{purpose}</Fact>
        <Fact label="Input">
          <TypeBlock label={`Input of ${name}`} type={input} />
        </Fact>
        <Fact label="Output">
          <TypeBlock label={`Output of ${name}`} type={output} />
        </Fact>
        {errors.length > 0 && (
          <Fact label="Fails with">
            <span className="font-mono text-[0.8125rem]">{errors.join(', ')}</span>
          </Fact>
        )}
      </dl>
    </li>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-sm text-muted sm:pt-0.5">{label}</dt>
      <dd className="-mt-2 min-w-0 sm:mt-0">{children}</dd>
    </div>
  )
}

function TypeBlock({ label, type }: { label: string; type: string }) {
  const text = layOutType(type)
  if (!text.includes('\n')) return <code className="font-mono text-[0.8125rem] break-words">{text}</code>
  return (
    <pre
      tabIndex={0}
      role="group"
      aria-label={label}
      className="rounded-xl bg-sunken px-4 py-3 font-mono text-[0.8125rem] leading-relaxed whitespace-pre-wrap"
    >
      {text}
    </pre>
  )
}

const tones: Record<ProcedureReference['kind'], BadgeTone> = {
  query: 'brand',
  mutation: 'wait',
  subscription: 'good',
}
