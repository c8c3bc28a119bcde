import type { ReactNode } from 'react'
/** How to call, in as few words as an example allows. */
export function Introduction() {
  return (
    <div className="mt-3 mb-4 flex max-w-[70ch] flex-col gap-4 text-pretty">
      <p className="text-muted">
        Procedures answer at <Code>/trpc/&lt;service&gt;/&lt;procedure&gt;</Code> to any tRPC client: queries
        by GET, mutations by POST, subscriptions as Server-Sent Events. Callers are known by{' '}
        <Code>authorization: Bearer &lt;token&gt;</Code>. Internal ones answer to the named services over
        NATS.
      </p>
      <pre
        tabIndex={0}
        aria-label="Example"
        className="overflow-x-auto rounded-xl bg-rail px-5 py-4 font-mono text-[0.8125rem] leading-relaxed text-rail-ink"
      >
        {example}
      </pre>
    </div>
  )
}

function Code({ children }: { children: ReactNode }) {
  return <code className="font-mono text-[0.875em] break-words text-ink">{children}</code>
}

const example = `import { createTRPCClient, httpBatchLink } from '@trpc/client'
import type { ChatRouter } from '@candor/contracts/chat'

const chat = createTRPCClient<ChatRouter>({
  links: [
    httpBatchLink({
      url: '${location.origin}/trpc/chat',
      headers: { authorization: \`Bearer \${token}\` },
    }),
  ],
})
await chat.listConversations.query({})`
