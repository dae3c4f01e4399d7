// A list with one id put in or taken out.

export function toggled(list: readonly string[], id: string): string[] {
  return list.includes(id) ? list.filter(each => each !== id) : [...list, id]
}
