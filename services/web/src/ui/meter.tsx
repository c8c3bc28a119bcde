import { Label, Meter as AriaMeter } from 'react-aria-components'

/** How much of an allowance is used. */
export function Meter({
  label,
  value,
  max,
  text,
}: {
  label: string
  value: number
  max: number
  text: string
}) {
  return (
    <AriaMeter
      value={Math.min(value, max)}
      maxValue={max || 1}
      valueLabel={text}
      className="flex flex-col gap-2"
    >
      {({ percentage }) => (
        <>
          <div className="flex flex-wrap justify-between gap-x-4">
            <Label className="font-medium">{label}</Label>
            <span className="text-muted tabular-nums">{text}</span>
          </div>
          <div className="h-2.5 overflow-hidden rounded-full bg-sunken">
            <div
              className={`h-full rounded-full ${percentage > 90 ? 'bg-danger' : percentage > 75 ? 'bg-signal' : 'bg-brand'}`}
              style={{ width: `${percentage}%` }}
            />
          </div>
        </>
      )}
    </AriaMeter>
  )
}
