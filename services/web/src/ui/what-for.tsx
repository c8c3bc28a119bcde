/** Stands before the fields of a form that asks for personal data: what the notice has it for, and how long. */
export function WhatFor({ purposes, retention }: { purposes: readonly string[]; retention: string }) {
  return (
    <p className="max-w-prose text-[0.9375rem] text-pretty text-muted">
      What you enter here is for: {purposes.map(inRow).join('; ')}. Kept: {inRow(retention)}.
    </p>
  )
}

function inRow(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
