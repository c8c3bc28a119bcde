import { Eraser, FileCheck, ScrollText } from 'lucide-react'

/** What sets Candor apart, said to whoever is about to sign in. */
export function Promises() {
  return (
    <section
      aria-label="What Candor keeps to"
      className="hidden rounded-3xl bg-rail p-10 text-rail-ink lg:block"
    >
      <p className="max-w-[16ch] text-[2.5rem] leading-[1.08] font-semibold tracking-tight">
        Chat that does what its notice says.
      </p>
      <ul className="mt-10 flex flex-col gap-6">
        {promises.map(({ icon: Icon, title, text }) => (
          <li key={title} className="flex gap-4">
            <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-signal" />
            <div>
              <p className="font-semibold">{title}</p>
              <p className="text-[0.9375rem] text-pretty text-rail-muted">{text}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

const promises = [
  {
    icon: ScrollText,
    title: 'The notice is written by the system',
    text: 'What your visitors read about their data is what the services really store, and for how long.',
  },
  {
    icon: Eraser,
    title: 'Erased means erased everywhere',
    text: 'One request reaches every service, and a search afterwards looks for what might have been missed.',
  },
  {
    icon: FileCheck,
    title: 'With a receipt',
    text: 'Signed, and it can be checked without us: what went, what had to stay, and under which law.',
  },
]
