/** Columns side by side. The picture is for the eye; the same stands in a table for everybody else. */
export function Columns({
  label,
  of,
  values,
  every = 1,
  unit = 'Chats',
}: ChartProps & { every?: number; unit?: string }) {
  const most = Math.max(1, ...values.map(({ chats }) => chats))
  return (
    <figure aria-label={label} className="flex flex-col gap-1.5">
      <div aria-hidden="true" className="flex gap-2">
        <div className="flex w-8 shrink-0 flex-col justify-between text-right text-xs text-muted tabular-nums">
          <span>{most}</span>
          <span>0</span>
        </div>
        <svg
          viewBox={`0 0 ${values.length} 100`}
          preserveAspectRatio="none"
          className="h-40 min-w-0 flex-1 border-y border-line"
        >
          {values.map(({ key, label: name, chats }, at) => (
            <g key={key}>
              <title>{`${name}: ${chats}`}</title>
              <rect x={at} y={0} width={1} height={100} className="fill-transparent" />
              <rect
                x={at + 0.14}
                y={100 - (100 * chats) / most}
                width={0.72}
                height={(100 * chats) / most}
                className="fill-brand"
              />
            </g>
          ))}
        </svg>
      </div>
      <div aria-hidden="true" className="ml-10 flex text-xs text-muted">
        {values.map(({ key, label: name }, at) => (
          <span key={key} className="relative h-4 min-w-0 flex-1">
            {at % every === 0 && (
              <span className="absolute left-1/2 -translate-x-1/2 whitespace-nowrap">{name}</span>
            )}
          </span>
        ))}
      </div>
      <Table label={label} of={of} values={values} unit={unit} />
    </figure>
  )
}

/** How a whole divides: a bar a part, with its number and share. */
export function Shares({ label, of, values }: ChartProps) {
  const total = values.reduce((sum, { chats }) => sum + chats, 0)
  return (
    <figure aria-label={label}>
      <div aria-hidden="true" className="flex flex-col gap-3">
        {values.map(({ key, label: name, chats }) => (
          <div key={key} className="grid grid-cols-[8rem_1fr_5.5rem] items-center gap-3 text-[0.9375rem]">
            <span className="truncate">{name}</span>
            <svg
              viewBox="0 0 100 10"
              preserveAspectRatio="none"
              className="h-2.5 w-full rounded-full bg-sunken"
            >
              <rect width={(100 * chats) / total} height={10} className="fill-brand" />
            </svg>
            <span className="text-right text-muted tabular-nums">
              {chats} · {Math.round((100 * chats) / total)} %
            </span>
          </div>
        ))}
      </div>
      <Table label={label} of={of} values={values} unit="Chats" />
    </figure>
  )
}

function Table({ label, of, values, unit }: ChartProps & { unit: string }) {
  return (
    <table className="sr-only">
      <caption>{label}</caption>
      <thead>
        <tr>
          <th scope="col">{of}</th>
          <th scope="col">{unit}</th>
        </tr>
      </thead>
      <tbody>
        {values.map(({ key, label: name, chats }) => (
          <tr key={key}>
            <th scope="row">{name}</th>
            <td>{chats}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface ChartProps {
  label: string
  /** What a label names, as the head of the table's first column. */
  of: string
  values: readonly { key: string; label: string; chats: number }[]
}
