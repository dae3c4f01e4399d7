// A browser's self-description in two words people know.

/** "Chrome on Windows"; an unknown one is shown as it is, cut short. */
export function deviceOf(agent: string): string {
  const browser = [[/Edg\//, 'Edge'], [/OPR\//, 'Opera'], [/Firefox\//, 'Firefox'], [/Chrome\//, 'Chrome'], [/Safari\//, 'Safari']].find(([sign]) => (sign as RegExp).test(agent))?.[1]
  const system = [[/iPhone|iPad/, 'iOS'], [/Android/, 'Android'], [/Windows/, 'Windows'], [/Mac OS X/, 'macOS'], [/CrOS/, 'ChromeOS'], [/Linux/, 'Linux']].find(([sign]) => (sign as RegExp).test(agent))?.[1]
  if (!browser) return agent.slice(0, 40) || 'Unknown device'
  return system ? `${String(browser)} on ${String(system)}` : String(browser)
}
