import { ChevronDown } from 'lucide-react'
import { TextLink } from '../../ui/text-link.tsx'

/** How the receipt proves itself to somebody who does not take our word for it. */
export function VerifyYourself() {
  return (
    <details className="card group shadow-card print:hidden">
      <summary className="flex cursor-pointer list-none items-center justify-between gap-4 rounded-card px-5 py-3.5 font-semibold sm:px-6 [&::-webkit-details-marker]:hidden">
        How to check the receipt
        <ChevronDown
          aria-hidden="true"
          className="size-5 shrink-0 text-muted transition-transform group-open:rotate-180"
        />
      </summary>
      <div className="flex flex-col gap-4 border-t border-line px-5 py-4 text-[0.9375rem] text-pretty sm:px-6">
        <p>
          The file carries what you read above, a signature over it and the public key it was signed with. If
          anyone changes a single character, the signature no longer fits.
        </p>
        <p>
          <strong className="font-semibold">Here:</strong> give it to{' '}
          <TextLink href="/receipt">check a receipt</TextLink>, today or in some years. Your browser does it
          by itself, also with the connection cut.
        </p>
        <div>
          <p>
            <strong className="font-semibold">Without us, and without a network:</strong> with Node.js and the
            source of Candor, run
          </p>
          <pre
            tabIndex={0}
            aria-label="Command that checks the receipt"
            className="mt-2 rounded-xl bg-sunken px-4 py-3 font-mono text-[0.8125rem] break-all whitespace-pre-wrap"
          >
            npm run verify-receipt -- erasure-receipt.json
          </pre>
        </div>
        <p>
          <strong className="font-semibold">With other software:</strong> the field{' '}
          <code className="font-mono text-[0.8125rem]">jws</code> is a compact JSON Web Signature (EdDSA), the
          field <code className="font-mono text-[0.8125rem]">publicKey</code> its key as a JSON Web Key.
        </p>
      </div>
    </details>
  )
}
