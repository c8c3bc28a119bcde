import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { checkAuditFile, isAuditFile } from './audit/check-audit-file.ts'
import { readReceiptFile } from './domain/receipt-file.ts'
import { tellReceipt } from './domain/tell-receipt.ts'

/**
 * Verifies a downloaded receipt, audit log or proof from one, with no network and no database:
 *
 *     npm run verify-receipt -- <receipt.json | receipt.jws> [--key public-key.json]
 *
 * A `.json` file carries the key it was signed with; `--key` insists on one obtained elsewhere. Exit code 0: unchanged.
 */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { key: { type: 'string' } } })
const [path] = positionals

if (!path || positionals.length > 1) {
  process.stderr.write('usage: verify-receipt <receipt.json | receipt.jws> [--key public-key.json]\n')
  process.exitCode = 1
} else {
  try {
    const key = values.key === undefined ? undefined : await readFile(values.key, 'utf8')
    const text = await readFile(path, 'utf8')
    const told = isAuditFile(text)
      ? await checkAuditFile(text, key)
      : tellReceipt(await readReceiptFile(text, key))
    process.stdout.write(told)
  } catch (err) {
    process.stderr.write(`Not valid: ${err instanceof Error ? err.message : String(err)}\n`)
    process.exitCode = 1
  }
}
