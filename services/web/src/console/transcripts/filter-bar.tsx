import { useQuery } from '@tanstack/react-query'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { channelChoices } from '../inbox/channel-mark.tsx'
import { teamQuery } from '../team/team-query.ts'
import type { Filters } from './filters.ts'

/** Narrows a search; each choice is in force at once. */
export function FilterBar({ filters, onChange }: FilterBarProps) {
  const team = useQuery(teamQuery)
  const colleagues = (team.data?.staff ?? []).map(({ id, name }) => ({ id, label: name }))
  const select = (name: keyof Filters) => ({
    value: filters[name] || any,
    onChange: (id: string) => onChange(name, id === any ? '' : id),
  })
  return (
    <div
      role="group"
      aria-label="Narrow the search"
      className="grid grid-cols-2 gap-x-3 gap-y-4 sm:grid-cols-3"
    >
      <Select label="Channel" choices={channelChoices} {...select('channel')} />
      <TextField
        label="Closed from"
        type="date"
        value={filters.from}
        onChange={(day) => onChange('from', day)}
      />
      <TextField
        label="Closed until"
        type="date"
        value={filters.to}
        onChange={(day) => onChange('to', day)}
      />
      <Select
        label="Answered by"
        choices={[{ id: any, label: 'Anybody' }, ...colleagues]}
        {...select('agent')}
      />
      <Select
        label="E-mail address"
        choices={[
          { id: any, label: 'Any' },
          { id: 'yes', label: 'Given' },
          { id: 'no', label: 'Not given' },
        ]}
        {...select('address')}
      />
      <Select
        label="Answer"
        choices={[
          { id: any, label: 'Any' },
          { id: 'yes', label: 'Answered' },
          { id: 'no', label: 'Not answered' },
        ]}
        {...select('answered')}
      />
    </div>
  )
}

/** Stands for no choice: a list item needs a name. */
const any = 'any'

interface FilterBarProps {
  filters: Filters
  onChange: (name: keyof Filters, value: string) => void
}
