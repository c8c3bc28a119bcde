import type { DisposalReceipt } from '@candor/contracts/privacy/retention'
import type { ErasureReceipt } from '@candor/contracts/privacy/schemas'
import type { CheckedReceipt } from './receipt-file.ts'

/** A verified receipt as lines for a terminal: what was erased, what stays and why, or what retention disposed of. */
export function tellReceipt({ receipt, ...key }: CheckedReceipt): string {
  return 'disposals' in receipt ? tellDisposal(receipt, key) : tellErasure(receipt, key)
}

function tellErasure(receipt: ErasureReceipt, key: Key): string {
  const { services, instruction } = receipt
  const changed = services.flatMap(({ service, ...did }) =>
    (did.changed ?? []).map(
      ({ table, action, rows }) => `  ${pad(service)} ${table}: ${countRows(rows)} ${action}`,
    ),
  )
  const erased = services.flatMap(({ service, ...did }) =>
    did.erased.map(({ table, action, rows }) => `  ${pad(service)} ${table}: ${countRows(rows)} ${action}`),
  )
  const kept = services.flatMap(({ service, ...did }) =>
    did.kept.flatMap(({ table, rows, reason, until }) => [
      `  ${pad(service)} ${table}: ${countRows(rows)}, ${until ? `until ${until.slice(0, 10)}` : 'without a set end'}`,
      `  ${pad('')} ${reason}`,
    ]),
  )
  const columns = services.reduce((sum, service) => sum + service.columnsSearched, 0)
  return [
    'Valid: the receipt is unchanged since it was signed.',
    '',
    `Business   ${receipt.business.name} (${receipt.business.slug})`,
    `Request    ${receipt.requestId}`,
    `Requested  ${receipt.requestedAt}`,
    `Completed  ${receipt.completedAt}`,
    tellKey(key),
    '',
    ...(instruction
      ? [`Instructed ${instruction.does} ${instruction.items}, done ${instruction.done}`, '']
      : []),
    ...(changed.length > 0 ? ['Changed', ...changed, ''] : []),
    ...(instruction && instruction.does !== 'erase'
      ? []
      : [
          'Erased',
          ...(erased.length > 0 ? erased : ['  nothing was held']),
          '',
          'Stays',
          ...(kept.length > 0 ? kept : ['  nothing']),
          '',
          `Afterwards ${columns} columns in ${services.length} services were searched for the person: nothing was found.`,
          '',
        ]),
  ].join('\n')
}

function tellDisposal(receipt: DisposalReceipt, key: Key): string {
  return [
    'Valid: the receipt is unchanged since it was signed.',
    '',
    `Business   ${receipt.businessId}`,
    `Service    ${receipt.service}`,
    `Day        ${receipt.day}`,
    `Issued     ${receipt.issuedAt}`,
    tellKey(key),
    '',
    'At the end of its period',
    ...receipt.disposals.map(
      ({ table, category, disposition, records, policyVersion }) =>
        `  ${table}: ${category} of ${countRows(records)} ${dispositionWords[disposition]}, as version ${policyVersion} of the notice says`,
    ),
    '',
  ].join('\n')
}

const dispositionWords = { delete: 'deleted', anonymise: 'made anonymous' } as const

function tellKey({ keyId, keyGiven }: Key): string {
  return `Key        ${keyId} (${keyGiven ? 'the one you gave' : 'the one in the file: compare it with the one you trust'})`
}

type Key = Omit<CheckedReceipt, 'receipt'>

function pad(service: string): string {
  return service.padEnd(11)
}

function countRows(rows: number): string {
  return rows === 1 ? '1 row' : `${rows} rows`
}
