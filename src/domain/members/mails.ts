// The words of the mails that the product sends in its own name.
import { oneLine } from '../../platform/mailer.ts'
import type { Mail } from '../../platform/mailer.ts'

export function verifyMail(to: string, url: string): Mail {
  return { to, subject: 'Please confirm your e-mail address', text: `Welcome to Studio OS.\n\nConfirm that this address is yours:\n${url}\n\nThe link works for three days. If you did not sign up, nothing needs to be done.\n` }
}

export function resetMail(to: string, url: string): Mail {
  return { to, subject: 'Choose a new password', text: `Somebody, hopefully you, asked for a new password.\n\nChoose one here:\n${url}\n\nThe link works once, for one hour. If it was not you, ignore this mail: nothing has changed.\n` }
}

export function inviteMail(to: string, url: string, studioName: string, role: string): Mail {
  const name = plainName(studioName)
  return { to, subject: oneLine(`You are invited to ${name}`), text: `You are invited to work at ${name} on Studio OS (role: ${role}).\n\nJoin here:\n${url}\n\nThe link works once, for seven days.\n` }
}

/** Names are typed by strangers: a mail in our name carries no address of theirs. */
function plainName(name: string): string {
  return oneLine(name, 80).replace(/https?:|www\.|[/\\@]/gi, ' ').replace(/\.(?=\w)/g, ' ')
}
