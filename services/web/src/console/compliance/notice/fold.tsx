import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { useState } from 'react'

/** A line that opens to its settings; they are made when it is opened, for a policy has hundreds. */
export function Fold({ title, facts, isChanged, hasProblem, children }: FoldProps) {
  const [isOpened, setOpened] = useState(false)
  const isOpen = isOpened || hasProblem
  return (
    <details open={isOpen} onToggle={(event) => setOpened(event.currentTarget.open)} className="group">
      <summary className="flex cursor-pointer list-none items-center gap-4 px-5 py-3 hover:bg-sunken sm:px-6 [&::-webkit-details-marker]:hidden">
        <span className="min-w-0 flex-1">
          <span className="block font-medium">
            {title}
            {isChanged && <span className="font-normal text-brand-text"> – changed</span>}
          </span>
          <span className="block text-sm text-muted">{facts}</span>
        </span>
        <ChevronDown
          aria-hidden="true"
          className="size-4 text-muted transition-transform group-open:rotate-180"
        />
      </summary>
      {isOpen && children}
    </details>
  )
}

interface FoldProps {
  title: string
  facts: string
  isChanged: boolean
  hasProblem: boolean
  children: ReactNode
}
