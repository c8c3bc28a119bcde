import { readFile } from 'node:fs/promises'
import { readCommandLine } from '@candor/runtime/command-line'
import { checkAuditFile, isAuditFile } from './audit/check-audit-file.ts'
import { readReceiptFile } from './domain/receipt-file.ts'
import { tellReceipt } from './domain/tell-receipt.ts'

/**
 * Verifies a downloaded receipt, audit log, proof from one or head of one, with no network and no database:
 *
 *     npm run verify-receipt -- <file> [--key public-key.json] [--head audit-head.json]
 *
 * A `.json` file carries the key it was signed with; `--key` insists on one obtained elsewhere. `--head` is one that was
 * kept of an audit log: the log has to begin as it was then. Exit code 0: unchanged.
 */
const { values, positionals, refuse } = readCommandLine(
  `Usage: npm run verify-receipt -- FILE [--key public-key.json] [--head audit-head.json]
Verifies a downloaded receipt, audit log, proof from one or head of one, without us.`,
  { allowPositionals: true, options: { key: { type: 'string' }, head: { type: 'string' } } },
)
const [path = refuse('Say which file.'), ...more] = positionals
if (more.length > 0) refuse('It takes one file.')

const text = await read(path)
const key = values.key === undefined ? undefined : await read(values.key)
const head = values.head === undefined ? undefined : await read(values.head)
try {
  const told = isAuditFile(text)
    ? await checkAuditFile(text, key, head)
    : tellReceipt(await readReceiptFile(text, key))
  process.stdout.write(told)
} catch (err) {
  process.stderr.write(`Not valid: ${err instanceof Error ? err.message : String(err)}\n`)
  process.exitCode = 1
}

/** What cannot be read is not therefore wrong. */
function read(one: string): Promise<string> {
  return readFile(one, 'utf8').catch((err: Error) => refuse(err.message))
}
