import type { CheckedReceipt } from './receipt-file.ts'

/** A verified receipt as lines for a terminal: what was erased, what stays and why. */
export function tellReceipt({ receipt, keyId, keyGiven }: CheckedReceipt): string {
  const { services } = receipt
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
    `Key        ${keyId} (${keyGiven ? 'the one you gave' : 'the one in the file: compare it with the one you trust'})`,
    '',
    'Erased',
    ...(erased.length > 0 ? erased : ['  nothing was held']),
    '',
    'Stays',
    ...(kept.length > 0 ? kept : ['  nothing']),
    '',
    `Afterwards ${columns} columns in ${services.length} services were searched for the person: nothing was found.`,
    '',
  ].join('\n')
}

function pad(service: string): string {
  return service.padEnd(11)
}

function countRows(rows: number): string {
  return rows === 1 ? '1 row' : `${rows} rows`
}
