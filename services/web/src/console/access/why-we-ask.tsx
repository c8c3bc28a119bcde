import { Building2, Globe, KeyRound, Mail, UserRound } from 'lucide-react'

/** The notice for the form beside it: why each field is asked. The one being filled in stands out. */
export function WhyWeAsk({ asked }: { asked: AskedField | null }) {
  return (
    <aside
      aria-label="Why we ask"
      className="rounded-3xl bg-rail p-7 text-rail-ink sm:p-10 lg:sticky lg:top-10"
    >
      <h2 className="text-2xl font-semibold">Why we ask</h2>
      <p className="mt-1 text-[0.9375rem] text-rail-muted">Five things, each for one reason.</p>
      <ul className="mt-6 flex flex-col gap-1.5">
        {reasons.map(({ field, icon: Icon, title, text }) => (
          <li
            key={field}
            className={`flex gap-4 rounded-xl px-3.5 py-2.5 transition-colors ${field === asked ? 'bg-rail-active' : ''}`}
          >
            <Icon
              aria-hidden="true"
              className={`mt-0.5 size-5 shrink-0 ${field === asked ? 'text-signal' : 'text-rail-muted'}`}
            />
            <div>
              <p className="font-semibold">{title}</p>
              <p className="text-[0.9375rem] text-pretty text-rail-muted">{text}</p>
            </div>
          </li>
        ))}
      </ul>
    </aside>
  )
}

const reasons = [
  { field: 'name', icon: UserRound, title: 'Name', text: 'Visitors see it beside your answers.' },
  {
    field: 'email',
    icon: Mail,
    title: 'E-mail',
    text: 'You sign in with it, and we write there about your account.',
  },
  {
    field: 'company',
    icon: Building2,
    title: 'Company',
    text: 'Your privacy page and your invoices carry its name.',
  },
  { field: 'country', icon: Globe, title: 'Country', text: 'It decides which law and which tax apply.' },
  {
    field: 'password',
    icon: KeyRound,
    title: 'Password',
    text: 'Kept only as a hash from which nobody, including us, can read it back.',
  },
] as const

export type AskedField = (typeof reasons)[number]['field']
