import { randomUUID } from 'node:crypto'
import type { ServiceName } from '@candor/contracts/callers'
import { contracts } from '@candor/contracts/catalogue'
import type { Contract } from '@candor/contracts/contract'
import type { dataHolder, Expiring, Held, SubjectRef, RetentionDraft } from '@candor/contracts/data-holder'
import type { HandlersOf } from '@candor/rpc/implement'
import { ServiceError } from '@candor/rpc/service-error'
import { standIn } from '@candor/testing/stand-in'
import type { NatsConnection } from '@nats-io/transport-node'

export type Procedure = keyof typeof dataHolder

/** Another service that holds rows about people in memory and can be made to fail, to write late, or to go away. */
export function startMemoryHolder(
  service: ServiceName,
  nats: NatsConnection,
  others: object = {},
): MemoryHolder {
  const state: Omit<MemoryHolder, 'leave' | 'come'> = {
    service,
    rows: [],
    calls: [],
    effects: [],
    restrictions: [],
    refusing: new Set(),
    lateWrites: 0,
    held: [],
    expiring: [],
    counted: [],
    onCall: () => {},
  }
  const isAbout = (row: Row, subject: SubjectRef) =>
    row.tenantId === subject.tenantId &&
    (subject.emails.includes(row.email) || subject.visitorIds.includes(row.visitorId))

  async function enter(procedure: Procedure) {
    state.calls.push(procedure)
    await state.onCall(procedure)
    if (state.refusing.has(procedure)) throw new ServiceError('unavailable', `${service} is away`)
  }

  const handlers: HandlersOf<Contract<string, typeof dataHolder>> = {
    async describeData() {
      await enter('describeData')
      const column = {
        table: 'rows',
        personal: true,
        role: null,
        onErasure: 'delete',
      }
      return ['email', 'text'].map((name) => ({ ...column, column: name, category: 'contact-details' }))
    },
    async locateSubject({ subject }) {
      await enter('locateSubject')
      const own = state.rows.filter((row) => isAbout(row, subject)).map((row) => row.visitorId)
      return { ...subject, visitorIds: [...new Set([...subject.visitorIds, ...own])] }
    },
    async exportSubject({ subject }) {
      await enter('exportSubject')
      const records = state.rows
        .filter((row) => isAbout(row, subject))
        .map(({ email, text }) => ({ email, text }))
      return records.length === 0 ? [] : [{ ...facts, records }]
    },
    async describeTenant() {
      await enter('describeTenant')
      return { erased: [], kept: [], held: state.held }
    },
    async eraseTenant({ tenantId }) {
      await enter('eraseTenant')
      const before = state.rows.length
      state.rows = state.rows.filter((row) => row.tenantId !== tenantId)
      const erased = [{ table: 'rows', action: 'deleted' as const, rows: before - state.rows.length }]
      return { isDone: true, erased, kept: [], held: state.held }
    },
    async searchTenant({ tenantId }) {
      await enter('searchTenant')
      const rows = state.rows.filter((row) => row.tenantId === tenantId).length
      return { columnsSearched: 3, residue: rows > 0 ? [{ table: 'rows', column: '*', rows }] : [] }
    },
    async countExpiring(wanted) {
      await enter('countExpiring')
      state.counted.push(wanted)
      return state.expiring
    },
    async hideSubject() {
      await enter('hideSubject')
      return { hidden: 0 }
    },
    async eraseSubject({ subject }) {
      if (state.held.length > 0) {
        await enter('eraseSubject')
        return { erased: [], kept: [], held: state.held }
      }
      const before = state.rows.length
      state.rows = state.rows.filter((row) => !isAbout(row, subject))
      const erased = before - state.rows.length
      if (erased > 0) state.effects.push('erased')
      if (state.lateWrites > 0) {
        state.lateWrites--
        const email = subject.emails[0]!
        state.rows.push({ tenantId: subject.tenantId, email, visitorId: randomUUID(), text: 'late' })
      }
      await enter('eraseSubject')
      return {
        erased: erased > 0 ? [{ table: 'rows', action: 'deleted' as const, rows: erased }] : [],
        kept: [],
      }
    },
    async correctSubject({ subject, field, from, to }) {
      const column = field === 'phone' ? 'text' : field
      const wrong = state.rows.filter((row) => isAbout(row, subject) && (row[column] ?? null) === from)
      for (const row of wrong) row[column] = to
      await enter('correctSubject')
      return wrong.length > 0 ? [{ table: 'rows', column, rows: wrong.length }] : []
    },
    async restrictSubject({ subject, requestId, processing }) {
      for (const visitorId of subject.visitorIds)
        state.restrictions.push({ visitorId, requestId, processing })
      await enter('restrictSubject')
      return { restricted: subject.visitorIds.length }
    },
    async releaseSubject({ requestId }) {
      const before = state.restrictions.length
      state.restrictions = state.restrictions.filter((one) => one.requestId !== requestId)
      await enter('releaseSubject')
      return { released: before - state.restrictions.length }
    },
    async findTenants({ email }) {
      await enter('findTenants')
      return [...new Set(state.rows.filter((row) => row.email === email).map((row) => row.tenantId))]
    },
    async searchResidue({ subject }) {
      await enter('searchResidue')
      const needles = [...subject.emails, ...subject.visitorIds]
      const left = state.rows.filter((row) =>
        needles.some((needle) => JSON.stringify(row).includes(needle)),
      ).length
      return { columnsSearched: 3, residue: left > 0 ? [{ table: 'rows', column: 'email', rows: left }] : [] }
    },
  }

  let presence: AsyncDisposable | undefined
  const holder: MemoryHolder = Object.assign(state, {
    async leave() {
      await presence?.[Symbol.asyncDispose]()
      presence = undefined
    },
    come() {
      presence = standIn(nats, contracts[service], { ...handlers, ...others } as never)
    },
  })
  holder.come()
  return holder
}

const facts = {
  table: 'rows',
  category: 'contact-details',
  title: 'Contact details of visitors',
  purposes: ['Answering the visitor who wrote'],
  legalBasis: 'Legitimate interests',
  role: 'processor' as const,
  recipients: ['Staff of the business'],
  retention: '12 months',
  source: 'You gave them',
}

export interface Row {
  tenantId: string
  email: string
  visitorId: string
  text: string
  name?: string | null
}

export interface MemoryHolder {
  service: ServiceName
  rows: Row[]
  calls: Procedure[]
  /** Each time something was really taken away. */
  effects: string[]
  /** What was restricted and not released. */
  restrictions: { visitorId: string; requestId: string; processing: readonly string[] }[]
  /** Procedures that answer that the service is away. */
  refusing: Set<Procedure>
  /** What it may not erase. */
  held: Held[]
  /** What it answers a preview of retention. */
  expiring: Expiring[]
  /** Of what it was asked to count it. */
  counted: { tenantId: string; asOf: string; draft?: RetentionDraft | undefined }[]
  /** How many erasures are followed at once by a new row about the same address. */
  lateWrites: number
  /** Runs when a call has come, and, for an erasure, after its effect. */
  onCall: (procedure: Procedure) => unknown
  leave(): Promise<void>
  come(): void
}
