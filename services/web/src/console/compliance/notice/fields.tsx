import type { Period } from '@candor/contracts/policy/period'
import type { ReactNode } from 'react'
import { useId } from 'react'
import { Checkboxes } from '../../../ui/checkboxes.tsx'
import type { Choice } from '../../../ui/option.tsx'
import { Select } from '../../../ui/select.tsx'
import { Switch } from '../../../ui/switch.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useSetting } from './editing.ts'

/** Around each field of the editor: that it differs from what is published, and what is wrong with it. */
export function Around({ path, children }: { path: string; children: ReactNode }) {
  const { problem, isChanged } = useSetting(path)
  const id = useId()
  return (
    <div
      role="group"
      aria-describedby={problem ? id : undefined}
      data-path={path}
      className={`min-w-0 ${problem ? 'border-l-3 border-danger pl-3' : isChanged ? 'border-l-3 border-brand pl-3' : ''}`}
    >
      {children}
      {isChanged && <span className="sr-only">Changed.</span>}
      {problem && (
        <p id={id} className="mt-1.5 text-sm font-medium text-danger-text">
          {problem.charAt(0).toUpperCase() + problem.slice(1)}.
        </p>
      )}
    </div>
  )
}

export function OneOf<Id extends string>({
  path,
  ...props
}: FieldProps & { choices: readonly Choice<Id>[] }) {
  const { value, set } = useSetting<Id>(path)
  return (
    <Around path={path}>
      <Select {...props} value={value} onChange={set} />
    </Around>
  )
}

export function SomeOf<Id extends string>({
  path,
  ...props
}: FieldProps & { choices: readonly Choice<Id>[]; columns?: string }) {
  const { value, set } = useSetting<Id[]>(path)
  return (
    <Around path={path}>
      <Checkboxes {...props} value={value} onChange={set} />
    </Around>
  )
}

export function YesNo({ path, label }: FieldProps) {
  const { value, set } = useSetting<boolean>(path)
  return (
    <Around path={path}>
      <Switch isSelected={value} onChange={set}>
        {label}
      </Switch>
    </Around>
  )
}

/** Empty is null. */
export function TextSetting({ path, rows, ...props }: FieldProps & { rows?: number; type?: string }) {
  const { value, set } = useSetting<string | null>(path)
  return (
    <Around path={path}>
      <TextField
        {...props}
        {...(rows ? { rows } : {})}
        value={value ?? ''}
        onChange={(text) => set(text === '' ? null : text)}
      />
    </Around>
  )
}

/** One entry a line. */
export function Lines({ path, ...props }: FieldProps & { rows?: number }) {
  const { value, set } = useSetting<string[]>(path)
  return (
    <Around path={path}>
      <TextField
        rows={3}
        {...props}
        defaultValue={value.join('\n')}
        onChange={(text) => set(text.split('\n').flatMap((line) => line.trim() || []))}
      />
    </Around>
  )
}

export function Amount({ path, ...props }: FieldProps) {
  const { value, set } = useSetting<number>(path)
  return (
    <Around path={path}>
      <TextField
        {...props}
        type="number"
        inputMode="numeric"
        value={String(value)}
        onChange={(text) => set(Number(text))}
      />
    </Around>
  )
}

/** A length of time. `none` is what no period means, where that is possible. */
export function PeriodSetting({ path, label, none }: FieldProps & { none?: string }) {
  const { value, set } = useSetting<Period | null>(path)
  const [unit, amount] = largest(value)
  return (
    <Around path={path}>
      <div className="grid grid-cols-[5rem_1fr] items-end gap-2">
        {value ? (
          <TextField
            label={label}
            type="number"
            inputMode="numeric"
            value={String(amount)}
            onChange={(text) => set({ [unit]: Math.max(0, Math.round(Number(text))) })}
          />
        ) : (
          <TextField label={label} value="–" isDisabled />
        )}
        <Select
          label={`Unit of ${label.toLowerCase()}`}
          isLabelHidden
          value={value ? unit : 'none'}
          onChange={(next: Unit | 'none') => set(next === 'none' ? null : { [next]: amount || 1 })}
          choices={[
            { id: 'days', label: 'days' },
            { id: 'months', label: 'months' },
            { id: 'years', label: 'years' },
            ...(none ? [{ id: 'none' as const, label: none }] : []),
          ]}
        />
      </div>
    </Around>
  )
}

/** Periods of several units are shown in the smallest that holds them; notices use one. */
function largest(period: Period | null): [Unit, number] {
  if (!period) return ['months', 12]
  const { years = 0, months = 0, days = 0 } = period
  if (days > 0) return ['days', days + months * 30 + years * 365]
  return months > 0 ? ['months', months + years * 12] : ['years', years]
}

type Unit = keyof Period

interface FieldProps {
  path: string
  label: string
  description?: string
}
