import type {
  TRPCBuiltRouter,
  TRPCDefaultErrorShape,
  TRPCMutationProcedure,
  TRPCQueryProcedure,
  TRPCSubscriptionProcedure,
} from '@trpc/server'
import type { z } from 'zod'
import type { CallerKind, CallerOfKind } from './callers.ts'
import { isService } from './callers.ts'
import type { ErrorData, ErrorReason } from './errors.ts'
import type { Purpose } from './purposes.ts'

/** Names a service and its procedures. Data only: `rpc` serves it, clients are typed from it, tests walk it. */
export function contract<const Name extends string, const Rows extends ProcedureTable>(
  name: Name,
  procedures: Rows,
): Contract<Name, Rows> {
  return { name, procedures }
}

/** A read: no effect, safe to repeat on another replica. */
export function query<I extends z.ZodType, O extends z.ZodType, const A extends Access>(
  row: Row<I, O, A>,
): Procedure<'query', I, O, A> {
  return { kind: 'query', errors: [], ...row }
}

/** A change. Repeating it is safe only where its docstring says so. */
export function mutation<I extends z.ZodType, O extends z.ZodType, const A extends Access>(
  row: Row<I, O, A>,
): Procedure<'mutation', I, O, A> {
  return { kind: 'mutation', errors: [], ...row }
}

/** A stream of `output` values, each with an id from which a client resumes by sending it as `lastEventId`. */
export function subscription<I extends z.ZodType, O extends z.ZodType, const A extends Access>(
  row: Row<I, O, A>,
): Procedure<'subscription', I, O, A> {
  return { kind: 'subscription', errors: [], ...row }
}

/** Internal rows are those that only services may call: NATS serves them, HTTP does not. */
export function isInternal(procedure: AnyProcedure): boolean {
  return procedure.access.every(isService)
}

/** The ordinary tRPC router type of a contract, so that any tRPC client can be typed from it. */
export type RouterOf<C extends AnyContract> = TRPCBuiltRouter<
  { ctx: object; meta: object; errorShape: ErrorShape; transformer: false },
  { [K in keyof C['procedures']]: BuiltProcedure<C['procedures'][K]> }
>

export type InputOf<P extends AnyProcedure> = z.output<P['input']>
export type OutputOf<P extends AnyProcedure> = z.output<P['output']>

/** The callers a handler can meet: what `access` lets through. */
export type CallerOf<P extends AnyProcedure> = CallerOfKind<P['access'][number]>

/** What a tRPC client sees as an error: tRPC's default shape and our own `data` beside it. */
export type ErrorShape = Omit<TRPCDefaultErrorShape, 'data'> & {
  data: TRPCDefaultErrorShape['data'] & ErrorData
}

export interface Contract<Name extends string, Rows extends ProcedureTable> {
  readonly name: Name
  readonly procedures: Rows
}

export interface Procedure<
  Kind extends ProcedureKind,
  I extends z.ZodType,
  O extends z.ZodType,
  A extends Access = Access,
> extends Row<I, O, A> {
  readonly kind: Kind
  readonly errors: readonly ErrorReason[]
}

interface Row<I extends z.ZodType, O extends z.ZodType, A extends Access> {
  /** One sentence for the API reference. */
  readonly summary: string
  /** Who may call; a caller of any other kind is refused before the input is read. */
  readonly access: A
  /** Why it touches personal data, or `none`. */
  readonly purpose: Purpose
  readonly input: I
  readonly output: O
  /** Reasons beyond those every procedure has (`bad-input`, `not-signed-in`, `forbidden`, `unavailable`, ...). */
  readonly errors?: readonly ErrorReason[]
}

export type ProcedureKind = 'query' | 'mutation' | 'subscription'
export type AnyProcedure = Procedure<ProcedureKind, z.ZodType, z.ZodType>
export type ProcedureTable = Readonly<Record<string, AnyProcedure>>
export type AnyContract = Contract<string, ProcedureTable>

type Access = readonly CallerKind[]

type BuiltProcedure<P> =
  P extends Procedure<infer Kind, infer I, infer O>
    ? Kind extends 'query'
      ? TRPCQueryProcedure<{ meta: object; input: VoidIfEmpty<z.input<I>>; output: z.output<O> }>
      : Kind extends 'mutation'
        ? TRPCMutationProcedure<{ meta: object; input: VoidIfEmpty<z.input<I>>; output: z.output<O> }>
        : TRPCSubscriptionProcedure<{
            meta: object
            input: z.input<I>
            output: AsyncIterable<{ id: string; data: z.output<O> }>
          }>
    : never

/** A procedure whose input has no required field may be called with no argument. */
type VoidIfEmpty<T> = {} extends T ? T | void : T
