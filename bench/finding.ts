// What a goal reports: a figure beside its limit, met or missed, never hidden.

/** One line of the table. `measured` and `limit` share the unit; `atLeast` turns the comparison round. */
export interface Finding {
  goal: string
  figure: string
  measured: number
  limit: number
  unit: string
  atLeast?: boolean
  /** Raw figures behind the ratio, for the reader who wants to judge. */
  detail: string
}

/** True when the figure keeps its limit; NaN (not measured) never does. */
export function met(finding: Finding): boolean {
  return finding.atLeast ? finding.measured >= finding.limit : finding.measured <= finding.limit
}

/** The findings as a Markdown table. */
export function table(findings: Finding[]): string {
  const rows = findings.map(finding => [
    finding.goal, finding.figure, Number.isNaN(finding.measured) ? 'not measured' : show(finding.measured, finding.unit),
    Number.isNaN(finding.limit) ? '' : `${finding.atLeast ? '≥' : '≤'} ${show(finding.limit, finding.unit)}`, met(finding) ? 'met' : '**MISSED**', finding.detail,
  ])
  const lines = [['goal', 'figure', 'measured', 'limit', '', 'detail'], ['---', '---', '---', '---', '---', '---'], ...rows]
  return lines.map(cells => `| ${cells.join(' | ')} |`).join('\n')
}

/** A number as people write it: two decimals below ten, one below a hundred, none above. */
export function show(value: number, unit = ''): string {
  const digits = Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return `${value.toFixed(digits)}${unit && ` ${unit}`}`
}
